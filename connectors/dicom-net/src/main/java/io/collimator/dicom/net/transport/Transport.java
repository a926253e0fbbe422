package io.collimator.dicom.net.transport;

import io.collimator.dicom.net.association.Association;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceHandlers;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Owns the event loops; binds listeners and opens associations. Thread-safe. */
public final class Transport implements AutoCloseable {

    private static final int MIN_EVENT_LOOPS = 2;
    private static final int MAX_EVENT_LOOPS = 8;
    private static final int CLOSE_SECONDS = 3;

    private final EventLoopGroup eventLoops = new NioEventLoopGroup(
            Math.max(
                    MIN_EVENT_LOOPS,
                    Math.min(MAX_EVENT_LOOPS, Runtime.getRuntime().availableProcessors())),
            new DefaultThreadFactory("dicom-io", true));
    private final ScheduledTimers ownTimers = new ScheduledTimers();
    private final Timers timers;
    private final AtomicLong lastId = new AtomicLong();
    private final List<NettyListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<Connection> opened = ConcurrentHashMap.newKeySet();

    /** With timers of its own. */
    public Transport() {
        this.timers = ownTimers;
    }

    public Transport(Timers timers) {
        this.timers = timers;
    }

    /** See {@link io.collimator.dicom.service.DicomProvider#listen}. */
    public DicomListener listen(ListenerSettings settings, PeerPolicy peers, ServiceHandlers handlers) {
        NettyListener listener = new NettyListener(settings, peers, handlers, this::nextId);
        listener.bind(eventLoops, timers);
        listeners.add(listener);
        return listener;
    }

    /** See {@link io.collimator.dicom.service.DicomProvider#open}. */
    public DicomAssociation open(AssociationRequest request) {
        return new Opening(request, nextId(), opened).open(eventLoops, timers);
    }

    private String nextId() {
        return Long.toString(lastId.incrementAndGet());
    }

    @Override
    public void close() {
        listeners.forEach(NettyListener::close);
        opened.stream().map(Connection::association).filter(Objects::nonNull).forEach(Association::abort);
        eventLoops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        ownTimers.close();
    }
}
