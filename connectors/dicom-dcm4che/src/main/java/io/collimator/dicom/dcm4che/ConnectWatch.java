package io.collimator.dicom.dcm4che;

import java.net.Socket;
import java.time.Duration;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.ConnectionMonitor;

/** Since when an association that we open has had a connection: dcm4che does not say why opening it failed. Thread-safe. */
final class ConnectWatch implements ConnectionMonitor {

    private boolean connected;
    private long since;

    synchronized boolean isConnected() {
        return connected;
    }

    synchronized boolean isLongerThan(Duration time) {
        return connected && System.nanoTime() - since >= time.toNanos();
    }

    @Override
    public synchronized void onConnectionEstablished(Connection connection, Connection remote, Socket socket) {
        connected = true;
        since = System.nanoTime();
    }

    @Override
    public void onConnectionFailed(Connection connection, Connection remote, Socket socket, Throwable cause) {}

    @Override
    public void onConnectionRejectedBlacklisted(Connection connection, Socket socket) {}

    @Override
    public void onConnectionRejected(Connection connection, Socket socket, Throwable cause) {}

    @Override
    public void onConnectionAccepted(Connection connection, Socket socket) {}
}
