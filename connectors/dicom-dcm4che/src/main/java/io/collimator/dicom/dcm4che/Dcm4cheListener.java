package io.collimator.dicom.dcm4che;

import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceHandlers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener of dcm4che, with our negotiation and our bounds. */
final class Dcm4cheListener implements DicomListener {

    private static final Logger LOG = LoggerFactory.getLogger(Dcm4cheListener.class);
    private static final int BACKLOG = 1024;
    private static final int ATTEMPTS_AT_FREE_PORT = 20;
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final Duration THREADS = Duration.ofSeconds(1);

    private final ListenerSettings settings;
    private final ServiceHandlers handlers;
    private final Supplier<String> ids;
    private final Places places;
    private final PendingSockets pending;
    private final ThreadPoolExecutor handlerThreads;
    private final ThreadPoolExecutor readers;
    private final Device device;
    private final Map<Association, Session> sessions = new ConcurrentHashMap<>();

    Dcm4cheListener(
            ListenerSettings settings,
            PeerPolicy peers,
            ServiceHandlers handlers,
            Supplier<String> ids,
            ScheduledExecutorService timers) {
        DicomLimits limits = settings.limits();
        this.settings = settings;
        this.handlers = handlers;
        this.ids = ids;
        this.places = new Places(limits.maxAssociations());
        this.pending = new PendingSockets(limits.maxPendingConnections());
        this.handlerThreads = Devices.handlerThreads(limits.handlerThreads(), limits.handlerQueue());
        // twice: a connection that was closed for a new one ends a moment later; one more accepts
        this.readers = new ThreadPoolExecutor(
                0,
                2 * (limits.maxAssociations() + limits.maxPendingConnections()) + 1,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Devices.threads("dicom-io"));
        this.device = Devices.device(limits, readers, timers);
        device.setAssociationHandler(new Negotiator(settings, peers, handlers, places, this::accepted, this::closed));
        device.setConnectionMonitor(pending);
        device.setDimseRQHandler(new Performer(this::session));
    }

    /**
     * Binds it. dcm4che knows no port 0: a free one is looked for and may be lost to another program in between.
     *
     * @throws AssociationException when the address cannot be bound
     */
    void bind() {
        Connection connection = Devices.connection(device);
        connection.setBindAddress(settings.bindAddress());
        connection.setHostname(settings.bindAddress());
        connection.setBacklog(BACKLOG);
        int attempts = settings.port() == 0 ? ATTEMPTS_AT_FREE_PORT : 1;
        Optional<Exception> failure = tryToBind(connection);
        for (int attempt = 1; failure.isPresent() && attempt < attempts; attempt++) {
            failure = tryToBind(connection);
        }
        if (failure.isPresent()) {
            handlerThreads.shutdown();
            readers.shutdown();
            throw new AssociationException(
                    Kind.BIND,
                    "The DICOM listener %s cannot be bound to %s port %d; is another program listening there?"
                            .formatted(settings.aeTitle(), settings.bindAddress(), settings.port()),
                    failure.get());
        }
    }

    private Optional<Exception> tryToBind(Connection connection) {
        try {
            connection.setPort(settings.port() == 0 ? freePort() : settings.port());
            connection.bind();
            return Optional.empty();
        } catch (IOException | GeneralSecurityException e) {
            return Optional.of(e);
        }
    }

    private int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(settings.bindAddress()))) {
            return probe.getLocalPort();
        }
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(
                settings.bindAddress(), Devices.connection(device).getPort());
    }

    @Override
    public int associations() {
        return places.count();
    }

    /** Sessions of associations, for what looks after them. */
    Iterable<Session> sessions() {
        return sessions.values();
    }

    private void accepted(Association association, Agreement agreement) {
        pending.remove(association.getSocket());
        Session session = new Session(
                new Session.Profile(ids.get(), agreement, handlers, settings.limits()), association, handlerThreads);
        sessions.put(association, session);
        LOG.info(
                "Association {}: {} at {} is accepted with {} of {} presentation contexts{}.",
                session.id(),
                agreement.peer(),
                session.remoteAddress(),
                agreement.contexts().size(),
                association.getAAssociateRQ().getNumberOfPresentationContexts(),
                agreement.rejected());
    }

    private Session session(Association association) {
        Session session = sessions.get(association);
        if (session == null) {
            throw new IllegalStateException("A request came on an association that was not accepted.");
        }
        return session;
    }

    private void closed(Association association) {
        Session session = sessions.remove(association);
        places.leave(association);
        if (session != null) {
            session.onOver();
        }
    }

    @Override
    public void close() {
        Devices.connection(device).unbind();
        places.close();
        pending.closeAll();
        List<Session> open = List.copyOf(sessions.values());
        open.forEach(Session::closeForRequests);
        long end = System.nanoTime() + settings.limits().drain().toNanos();
        open.forEach(session -> session.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
        stop(handlerThreads);
        stop(readers);
    }

    /** Lets running tasks end for a moment, then interrupts them. */
    private static void stop(ThreadPoolExecutor threads) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(THREADS.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
