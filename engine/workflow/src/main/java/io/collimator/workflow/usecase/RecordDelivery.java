package io.collimator.workflow.usecase;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.DeliveryOutcome;
import io.collimator.workflow.outbox.SentNotice;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Records what receivers accept, so that none gets a notice twice, nor an order status after a newer one of the accession.
 * Results are documents, each in its own right: whether one is outdated was judged when it came in.
 */
public final class RecordDelivery {

    private final Transactions transactions;
    private final Notices notices;
    private final Clock clock;

    public RecordDelivery(Transactions transactions, Notices notices, Clock clock) {
        this.transactions = transactions;
        this.notices = notices;
        this.clock = clock;
    }

    /** Whether a notice is to be sent to its receiver. */
    public enum Verdict {
        SEND,
        /** The receiver has it. */
        ACCEPTED_BEFORE,
        /** The receiver has a newer status of the accession; the timeline says so. */
        OUTDATED
    }

    /**
     * To be asked before it is sent.
     *
     * @param id the outbox id; of a message that is not ours any other
     * @param queue that a route has taken it from
     */
    public Verdict judge(UUID id, String queue) {
        Optional<SentNotice> found =
                transactions.read(session -> session.deliveries().find(id, queue));
        if (found.isEmpty()) {
            return Verdict.SEND;
        }
        SentNotice notice = found.get();
        DeliveryOutcome outcome = notice.outcome();
        if (outcome == DeliveryOutcome.ACCEPTED || outcome == DeliveryOutcome.OUTDATED) {
            return Verdict.ACCEPTED_BEFORE;
        }
        AccessionNumber accession = notice.accession();
        if (!notice.isOvertaken() || !notice.queue().equals(Notices.STATUS_QUEUE) || accession == null) {
            return Verdict.SEND;
        }
        transactions.run(session -> {
            session.deliveries().settle(id, queue, DeliveryOutcome.OUTDATED, clock.instant());
            notices.timeline(
                    session,
                    accession,
                    "notice.outdated",
                    "Notice %s (%s) was not sent: the receiver had accepted a newer one"
                            .formatted(id, notice.eventType()));
        });
        return Verdict.OUTDATED;
    }

    /** To be told as soon as the receiver has accepted it, before it is taken off the queue. */
    public void accepted(UUID id, String queue) {
        settle(id, queue, DeliveryOutcome.ACCEPTED);
    }

    /** To be told when it goes to the dead letters, so that a refill of a lost broker leaves it out. */
    public void givenUp(UUID id, String queue) {
        settle(id, queue, DeliveryOutcome.DEAD_LETTER);
    }

    private void settle(UUID id, String queue, DeliveryOutcome outcome) {
        transactions.run(session -> session.deliveries().settle(id, queue, outcome, clock.instant()));
    }
}
