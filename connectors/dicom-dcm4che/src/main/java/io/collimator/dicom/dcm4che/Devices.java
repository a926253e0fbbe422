package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.ExtendedNegotiation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;

/** Makes what dcm4che wants to have before it listens or connects, with our limits. */
final class Devices {

    static final Uid IMPLEMENTATION = Uid.ofName("io.collimator");
    static final String IMPLEMENTATION_NAME = "COLLIMATOR";

    /** However much a peer takes, this much goes into one PDU. */
    private static final int MAX_SENT_PDU_LENGTH = 262_144;

    private static final int KEEP_ALIVE_SECONDS = 30;

    /** dcm4che asks this one for whatever AE title is called; whether it is ours is decided in {@link Negotiator}. */
    private static final String ANY_TITLE = "*";

    private Devices() {}

    /**
     * A device with one application entity for any AE title and one connection.
     *
     * @param readers runs what reads from a connection, for as long as it lasts
     */
    static Device device(DicomLimits limits, Executor readers, ScheduledExecutorService timers) {
        Device device = new Device("collimator");
        device.setExecutor(readers);
        device.setScheduledExecutor(timers);
        Connection connection = connection(limits);
        device.addConnection(connection);
        ApplicationEntity entity = new ApplicationEntity(ANY_TITLE);
        device.addApplicationEntity(entity);
        entity.addConnection(connection);
        return device;
    }

    private static Connection connection(DicomLimits limits) {
        Connection connection = new Connection();
        connection.setReceivePDULength(limits.peer().maxPduLengthBytes());
        connection.setSendPDULength(MAX_SENT_PDU_LENGTH);
        connection.setMaxOpsInvoked(limits.peer().maxOperationsInvoked());
        connection.setMaxOpsPerformed(limits.peer().maxOperationsPerformed());
        connection.setRequestTimeout(millis(limits.artim()));
        connection.setAcceptTimeout(millis(limits.request()));
        connection.setReleaseTimeout(millis(limits.release()));
        connection.setIdleTimeout(millis(limits.idle()));
        connection.setConnectTimeout(millis(limits.connect()));
        return connection;
    }

    static ApplicationEntity entity(Device device) {
        return device.getApplicationEntity(ANY_TITLE);
    }

    static Connection connection(Device device) {
        return device.listConnections().get(0);
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }

    /** At most so many threads and so many tasks that wait for one; threads come with the first tasks and go again. */
    static ThreadPoolExecutor handlerThreads(int threads, int queue) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                threads("dicom-handler"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    static ThreadFactory threads(String name) {
        AtomicLong last = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, name + "-" + last.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    static org.dcm4che3.net.pdu.ExtendedNegotiation item(ExtendedNegotiation negotiation) {
        return new org.dcm4che3.net.pdu.ExtendedNegotiation(
                negotiation.sopClass().value(), bytes(negotiation.information().bytes()));
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
