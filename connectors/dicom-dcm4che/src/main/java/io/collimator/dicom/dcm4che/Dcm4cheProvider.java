package io.collimator.dicom.dcm4che;

import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** DICOM networking on dcm4che-net. Closing it ends its listeners, associations and threads. */
final class Dcm4cheProvider implements DicomProvider {

    private static final int SWEEP_MILLIS = 250;
    private static final int CLOSE_SECONDS = 3;

    private final ScheduledExecutorService timers =
            Executors.newScheduledThreadPool(2, Devices.threads("dicom-timers"));
    private final AtomicLong lastId = new AtomicLong();
    private final List<Dcm4cheListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<Session> opened = ConcurrentHashMap.newKeySet();

    private final ScheduledFuture<?> sweeping;

    Dcm4cheProvider() {
        sweeping = timers.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        opened.forEach(Dcm4cheProvider::abortWhenStalled);
        listeners.forEach(listener -> listener.sessions().forEach(Dcm4cheProvider::abortWhenStalled));
    }

    private static void abortWhenStalled(Session session) {
        if (session.watch().isStalled()) {
            session.abort();
        }
    }

    @Override
    public DicomListener listen(ListenerSettings settings, PeerPolicy peers, ServiceHandlers handlers) {
        Dcm4cheListener listener = new Dcm4cheListener(settings, peers, handlers, this::nextId, timers);
        listener.bind();
        listeners.add(listener);
        return listener;
    }

    @Override
    public DicomAssociation open(AssociationRequest request) {
        return new Opening(request, nextId(), opened, timers).open();
    }

    private String nextId() {
        return Long.toString(lastId.incrementAndGet());
    }

    /** What dcm4che still has to close when this returns, the timers close: they end after their last task. */
    @Override
    public void close() {
        listeners.forEach(Dcm4cheListener::close);
        opened.forEach(Session::abort);
        sweeping.cancel(false);
        timers.shutdown();
        try {
            if (!timers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                timers.shutdownNow();
            }
        } catch (InterruptedException e) {
            timers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
