package io.collimator.camel.dicom;

import io.collimator.dicom.service.DicomAssociation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Associations of ours that wait for the archive's report. Each is released when the report has come or the time is
 * over, by a thread that may wait for the peer; there are never more than {@link #CAPACITY}. Thread-safe.
 */
final class ReportWindow {

    /** One more is not kept: the archive then reports on an association of its own. */
    static final int CAPACITY = 16;

    private static final Logger LOG = LoggerFactory.getLogger(ReportWindow.class);

    private final CamelContext context;
    private final Duration timeout;
    private final Map<DicomAssociation, Future<?>> open = new HashMap<>();
    private @Nullable ScheduledExecutorService scheduler;

    ReportWindow(CamelContext context, Duration timeout) {
        this.context = context;
        this.timeout = timeout;
    }

    synchronized void start() {
        scheduler = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "dicom-report-window");
    }

    /**
     * Takes over an association.
     *
     * @return false when it is not taken, and the caller closes it
     */
    synchronized boolean keep(DicomAssociation association) {
        if (scheduler == null || timeout.isZero()) {
            return false;
        }
        open.entrySet()
                .removeIf(entry -> !entry.getKey().isOpen() && entry.getValue().cancel(false));
        if (open.size() >= CAPACITY) {
            return false;
        }
        open.put(
                association, scheduler.schedule(() -> release(association), timeout.toMillis(), TimeUnit.MILLISECONDS));
        return true;
    }

    /** Releases an association before its time, when its report has come. */
    synchronized void finish(DicomAssociation association) {
        Future<?> timer = open.get(association);
        if (scheduler != null && timer != null && timer.cancel(false)) {
            scheduler.execute(() -> release(association));
        }
    }

    private void release(DicomAssociation association) {
        synchronized (this) {
            open.remove(association);
        }
        close(association);
    }

    void stop() {
        ScheduledExecutorService stopped;
        List<DicomAssociation> left;
        synchronized (this) {
            stopped = scheduler;
            scheduler = null;
            left = List.copyOf(open.keySet());
            open.clear();
        }
        if (stopped != null) {
            context.getExecutorServiceManager().shutdownNow(stopped);
        }
        left.forEach(ReportWindow::close);
    }

    private static void close(DicomAssociation association) {
        try {
            association.close();
        } catch (RuntimeException e) {
            LOG.warn("Association {} to {} did not release", association.id(), association.calledAeTitle(), e);
        }
    }
}
