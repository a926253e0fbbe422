package io.collimator.dicom.dcm4che;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.ConnectionMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections that have not finished negotiation: when there are too many, the oldest is closed. Thread-safe. */
final class PendingSockets implements ConnectionMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(PendingSockets.class);

    private final int max;
    private final Set<Socket> sockets = new LinkedHashSet<>();

    PendingSockets(int max) {
        this.max = max;
    }

    @Override
    public synchronized void onConnectionAccepted(Connection connection, Socket socket) {
        sockets.removeIf(Socket::isClosed);
        while (sockets.size() >= max) {
            Socket oldest = sockets.iterator().next();
            sockets.remove(oldest);
            close(oldest);
        }
        sockets.add(socket);
    }

    synchronized void remove(Socket negotiated) {
        sockets.remove(negotiated);
    }

    void closeAll() {
        List<Socket> left;
        synchronized (this) {
            left = new ArrayList<>(sockets);
            sockets.clear();
        }
        left.forEach(PendingSockets::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed in good order: {}", e.getMessage());
        }
    }

    @Override
    public void onConnectionEstablished(Connection connection, Connection remote, Socket socket) {}

    @Override
    public void onConnectionFailed(Connection connection, Connection remote, Socket socket, Throwable cause) {}

    @Override
    public void onConnectionRejectedBlacklisted(Connection connection, Socket socket) {}

    @Override
    public void onConnectionRejected(Connection connection, Socket socket, Throwable cause) {}
}
