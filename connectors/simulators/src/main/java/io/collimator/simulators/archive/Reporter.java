package io.collimator.simulators.archive;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.simulators.EventLog;
import io.collimator.simulators.PeerAddress;
import io.collimator.simulators.archive.ArchiveEvent.ReportAnswered;
import io.collimator.simulators.archive.ArchiveEvent.ReportLost;
import io.collimator.simulators.commitment.CommitmentReport;
import io.collimator.simulators.commitment.CommitmentRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Delivers the reports of an archive, after their delay, on threads of its own. */
final class Reporter implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int MAX_WAITING = 1000;
    private static final long SHUTDOWN_SECONDS = 5;

    private final DicomProvider provider;
    private final AeTitle aeTitle;
    private final DicomLimits limits;
    private final EventLog<ArchiveEvent> events;
    private final Map<AeTitle, PeerAddress> requesters = new ConcurrentHashMap<>();
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private final ScheduledThreadPoolExecutor threads;

    Reporter(DicomProvider provider, AeTitle aeTitle, DicomLimits limits, EventLog<ArchiveEvent> events) {
        this.provider = provider;
        this.aeTitle = aeTitle;
        this.limits = limits;
        this.events = events;
        this.threads = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "simulated-archive-" + aeTitle);
            thread.setDaemon(true);
            return thread;
        });
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void knows(PeerAddress requester) {
        requesters.put(requester.aeTitle(), requester);
    }

    /** Plans the report; false when too many are waiting. */
    boolean report(CommitmentReport report, DicomAssociation association, Behaviour behaviour) {
        if (!waiting.tryAcquire()) {
            return false;
        }
        ScheduledFuture<?> unused = threads.schedule(
                () -> {
                    try {
                        deliver(report, association, behaviour);
                    } finally {
                        waiting.release();
                    }
                },
                behaviour.delay().toMillis(),
                TimeUnit.MILLISECONDS);
        return true;
    }

    private void deliver(CommitmentReport report, DicomAssociation association, Behaviour behaviour) {
        AeTitle requester = association.callingAeTitle();
        try {
            if (behaviour.way() != ReportWay.NEW_ASSOCIATION && onSame(report, association, behaviour)) {
                return;
            }
            onNew(report, requester, behaviour);
        } catch (RuntimeException e) {
            // nobody looks at the future: whatever goes wrong has to be seen in the events
            events.add(new ReportLost(requester, report, e.toString()));
        }
    }

    /** Whether the report is delivered; false when a new association should be tried. */
    private boolean onSame(CommitmentReport report, DicomAssociation association, Behaviour behaviour) {
        try {
            DimseStatus status = send(report, association);
            events.add(new ReportAnswered(association.callingAeTitle(), report, false, status));
            return true;
        } catch (AssociationException e) {
            if (behaviour.way() == ReportWay.SAME_ASSOCIATION) {
                throw e;
            }
            return false;
        }
    }

    private void onNew(CommitmentReport report, AeTitle requester, Behaviour behaviour) {
        PeerAddress address = requesters.get(requester);
        if (address == null) {
            events.add(new ReportLost(
                    requester, report, "the archive does not know where " + requester + " is; call reportTo()"));
            return;
        }
        AeTitle calling = behaviour.reportsAs() == null ? aeTitle : behaviour.reportsAs();
        try (DicomAssociation association = provider.open(new AssociationRequest(
                calling,
                requester,
                address.host(),
                address.port(),
                List.of(PresentationContextProposal.scp(CommitmentRequest.SOP_CLASS)),
                ServiceHandlers.none(),
                limits))) {
            events.add(new ReportAnswered(requester, report, true, send(report, association)));
        }
    }

    private static DimseStatus send(CommitmentReport report, DicomAssociation association) {
        return association
                .eventReport(
                        CommitmentRequest.SOP_CLASS,
                        CommitmentRequest.SOP_INSTANCE,
                        report.eventType(),
                        report.toDataSet())
                .status();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "The reports of " + aeTitle + " did not end within " + SHUTDOWN_SECONDS + " s.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
