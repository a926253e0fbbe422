package io.collimator.workflow.usecase;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.ArchiveAsk;
import io.collimator.workflow.custody.ArchiveReport;
import io.collimator.workflow.custody.ArchiveTransaction;
import io.collimator.workflow.custody.CommitmentItem;
import io.collimator.workflow.custody.CommitmentItem.Outcome;
import io.collimator.workflow.custody.CommitmentRequest;
import io.collimator.workflow.custody.InstanceWord;
import io.collimator.workflow.custody.Settlement;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.usecase.CommitmentLinks.Linked;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Records the archive's report (PS3.4 §J.3.3). It counts only from the archive that was asked and on a transaction of ours
 * that has no report yet; anything else changes nothing and becomes an exception. In every case the answer is 0000H, so that
 * nobody sends it for ever.
 */
public final class RecordArchiveReport {

    private final CustodyContext context;

    public RecordArchiveReport(CustodyContext context) {
        this.context = context;
    }

    /**
     * N-EVENT-REPORT.
     *
     * @param from AE title of the peer of the association
     * @param information event information; its sequences count, not the event type
     * @throws io.collimator.workflow.port.StorageException when it cannot be stored now
     */
    public CommitReceipt report(AeTitle from, DataSet information) {
        String digest = context.problems().digest(information);
        return context.transactions().run(session -> {
            Optional<ArchiveTransaction> asked = ArchiveReport.transactionOf(information)
                    .flatMap(transaction -> session.commitments().asks().findTransaction(transaction));
            if (asked.isEmpty()) {
                raiseUnexpected(session, from, information, "we asked under no such Transaction UID");
            } else if (!asked.get().archive().equals(from)) {
                raiseUnexpected(
                        session,
                        from,
                        information,
                        "%s was asked, not %s".formatted(asked.get().archive(), from));
            } else {
                record(session, asked.get(), information, digest);
            }
        });
    }

    /**
     * An N-EVENT-REPORT that does not count, whatever it says.
     *
     * @param from AE title of the peer of the association
     * @param why as part of a sentence for people
     * @throws io.collimator.workflow.port.StorageException when it cannot be stored now
     */
    public CommitReceipt disbelieve(AeTitle from, String why, DataSet information) {
        return context.transactions().run(session -> raiseUnexpected(session, from, information, why));
    }

    private void record(Session session, ArchiveTransaction asked, DataSet information, String digest) {
        // the row lock comes first: two reports on one request must see each other
        CommitmentRequest request = session.commitments().lock(asked.request()).orElseThrow();
        ArchiveTransaction transaction = session.commitments()
                .asks()
                .findTransaction(asked.transaction())
                .orElseThrow();
        if (transaction.answerDigest() == null) {
            session.commitments().asks().save(transaction.answered(digest));
            apply(session, request, transaction, ArchiveReport.of(information));
        } else if (!transaction.answerDigest().equals(digest)) {
            raiseUnexpected(
                    session, transaction.archive(), information, "this transaction has had another report already");
        }
    }

    private void apply(
            Session session, CommitmentRequest request, ArchiveTransaction transaction, ArchiveReport report) {
        Instant now = context.clock().instant();
        ArchiveAsk ask = session.commitments()
                .asks()
                .find(request.id(), transaction.batch())
                .orElseThrow();
        boolean askAgain = !ask.isAskedBy(transaction.transaction())
                || ask.rounds() < context.settings().missingDelays().size();
        Settlement settlement =
                Settlement.of(session.commitments().items(request.id(), transaction.batch()), report, askAgain);
        session.commitments().updateItems(request.id(), settlement.changed());
        session.commitments().record(wordsOf(settlement.heard(), transaction.archive(), now));
        saveAsk(session, ask, transaction.transaction(), settlement.open());
        saveRequest(session, request, report);

        Linked linked = context.links().lockAccessionsOf(session, request.id());
        context.links().tell(session, linked, "commitment.report-received", summaryOf(transaction, settlement));
        context.links().refresh(session, linked);
    }

    private void saveAsk(Session session, ArchiveAsk ask, Uid transaction, int open) {
        if (open == 0) {
            session.commitments().asks().save(ask.settled());
        } else if (ask.isAskedBy(transaction)) {
            Instant next = context.settings().nextRound(context.clock().instant(), ask.rounds());
            session.commitments().asks().save(ask.again(next));
        }
    }

    private void saveRequest(Session session, CommitmentRequest request, ArchiveReport report) {
        CommitmentRequest after =
                report.retrieveAe().map(request::withRetrieveAe).orElse(request);
        if (request.state() == CommitmentRequest.State.OPEN
                && !session.commitments().hasOpenItems(request.id())) {
            after = after.settled(context.clock().instant());
        }
        if (!after.equals(request)) {
            session.commitments().update(after);
        }
    }

    private static List<InstanceWord> wordsOf(List<CommitmentItem> heard, AeTitle archive, Instant at) {
        return heard.stream()
                .map(item -> new InstanceWord(
                        item.instance().sopInstance(), item.outcome() == Outcome.COMMITTED, item.reason(), archive, at))
                .toList();
    }

    private static String summaryOf(ArchiveTransaction transaction, Settlement settlement) {
        long committed = settlement.heard().stream()
                .filter(item -> item.outcome() == Outcome.COMMITTED)
                .count();
        return "%s committed %d instances and refused %d; %d are open (transaction %s)"
                .formatted(
                        transaction.archive(),
                        committed,
                        settlement.heard().size() - committed,
                        settlement.open(),
                        transaction.transaction());
    }

    private void raiseUnexpected(Session session, AeTitle from, DataSet information, String why) {
        context.problems()
                .raise(
                        session,
                        ExceptionType.COMMITMENT_REPORT_UNEXPECTED,
                        Optional.empty(),
                        new Problems.Report(
                                from,
                                "Commitment report of %s on transaction %s changes nothing: %s. Check which archive serves which engine."
                                        .formatted(
                                                from,
                                                ArchiveReport.transactionOf(information)
                                                        .map(Uid::value)
                                                        .orElse("(none)"),
                                                why),
                                information));
    }
}
