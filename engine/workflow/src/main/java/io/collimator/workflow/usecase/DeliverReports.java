package io.collimator.workflow.usecase;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.CommitmentItem;
import io.collimator.workflow.custody.CommitmentItem.Outcome;
import io.collimator.workflow.custody.CommitmentRequest;
import io.collimator.workflow.custody.CommitmentRequest.State;
import io.collimator.workflow.custody.InstanceReference;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tells modalities what became of their requests, until they have confirmed it or the report is too old. */
public final class DeliverReports {

    private final CustodyContext context;

    public DeliverReports(CustodyContext context) {
        this.context = context;
    }

    /**
     * An N-EVENT-REPORT to send: type 1 when nothing failed, else 2 (PS3.4 §J.3.3.1).
     *
     * @param transaction the modality's own
     * @param to the requestor
     * @param retrieveAe where to get the committed ones, when the archive said so
     */
    public record Report(
            UUID id,
            Uid transaction,
            AeTitle to,
            List<InstanceReference> committed,
            List<Failed> failed,
            Optional<AeTitle> retrieveAe) {

        public Report {
            committed = List.copyOf(committed);
            failed = List.copyOf(failed);
        }

        /**
         * An item of FailedSOPSequence.
         *
         * @param reason FailureReason (0008,1197)
         */
        public record Failed(InstanceReference instance, int reason) {}
    }

    /**
     * Claims what is due. Send each at once and say how it went, by {@link #delivered} or {@link #deliveryFailed}; when
     * neither is called, it becomes due again.
     *
     * @param max reports, from 1
     * @param without modalities that are not to be asked now
     */
    public List<Report> due(Instant now, int max, Set<AeTitle> without) {
        List<UUID> due =
                context.transactions().read(session -> session.commitments().reportsDue(now, max, without));
        List<Report> reports = new ArrayList<>();
        for (UUID id : due) {
            context.transactions()
                    .write(session -> claim(session, id, now))
                    .value()
                    .ifPresent(reports::add);
        }
        return reports;
    }

    /** The modality answered 0000H: its Transaction UID is dead. */
    public CommitReceipt delivered(UUID id) {
        return context.transactions()
                .run(session -> waiting(session, id).ifPresent(request -> {
                    session.commitments().update(request.ended(State.REPORTED));
                    tell(session, request, "commitment.reported", "%s has its report".formatted(request.requestor()));
                }));
    }

    /**
     * The modality was not reached or refused the report.
     *
     * @param why for people, without patient data
     */
    public CommitReceipt deliveryFailed(UUID id, String why) {
        Instant now = context.clock().instant();
        return context.transactions()
                .run(session -> waiting(session, id).ifPresent(request -> {
                    Instant settled = request.settledAt() == null ? request.receivedAt() : request.settledAt();
                    if (now.isBefore(settled.plus(context.settings().reportMaxAge()))) {
                        Instant next = context.settings().nextReport(now, request.reportAttempts());
                        session.commitments().update(request.withNextReport(next, request.reportAttempts() + 1));
                        tell(
                                session,
                                request,
                                "commitment.report-failed",
                                "%s did not take its report: %s; next attempt at %s"
                                        .formatted(request.requestor(), why, next));
                    } else {
                        giveUp(session, request, why);
                    }
                }));
    }

    private Optional<Report> claim(Session session, UUID id, Instant now) {
        Optional<CommitmentRequest> due = waiting(session, id)
                .filter(request -> request.nextReportAt() != null
                        && !request.nextReportAt().isAfter(now));
        due.ifPresent(request -> session.commitments()
                .update(request.withNextReport(now.plus(context.settings().sendTimeout()), request.reportAttempts())));
        return due.map(request -> reportOf(request, session.commitments().items(id)));
    }

    private static Report reportOf(CommitmentRequest request, List<CommitmentItem> items) {
        return new Report(
                request.id(),
                request.transaction(),
                request.requestor(),
                items.stream()
                        .filter(item -> item.outcome() == Outcome.COMMITTED)
                        .map(CommitmentItem::instance)
                        .toList(),
                items.stream()
                        .filter(item -> item.outcome() != Outcome.COMMITTED)
                        .map(item -> new Report.Failed(item.instance(), item.reason()))
                        .toList(),
                Optional.ofNullable(request.retrieveAe()));
    }

    private void giveUp(Session session, CommitmentRequest request, String why) {
        session.commitments().update(request.ended(State.UNDELIVERED));
        tell(
                session,
                request,
                "commitment.report-undelivered",
                "%s never took its report: %s".formatted(request.requestor(), why));
        context.problems()
                .raise(
                        session,
                        ExceptionType.COMMITMENT_REPORT_UNDELIVERED,
                        Optional.empty(),
                        new Problems.Report(
                                request.requestor(),
                                "The report on transaction %s could not be delivered within %s: %s. Check host and port of %s in config/application-entities.yaml and let it ask again."
                                        .formatted(
                                                request.transaction(),
                                                context.settings().reportMaxAge(),
                                                why,
                                                request.requestor()),
                                null));
    }

    private void tell(Session session, CommitmentRequest request, String kind, String summary) {
        context.links().tellAccessionsOf(session, request.id(), kind, summary);
    }

    private static Optional<CommitmentRequest> waiting(Session session, UUID id) {
        return session.commitments().lock(id).filter(request -> request.state() == State.REPORT_DUE);
    }
}
