package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.outbox.DeliveryOutcome;
import io.collimator.workflow.outbox.SentNotice;
import io.collimator.workflow.outbox.SentRange;
import io.collimator.workflow.outbox.UsedBroker;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Has the relay send again what a lost broker had: in the order of the outbox, with the same ids, without what receivers have
 * accepted and what ended in the dead letters. Thread-safe; one refill at a time.
 */
public final class RefillBroker {

    /** Notices in one transaction. */
    private static final int BATCH = 1_000;

    private final Transactions transactions;
    private final boolean isEmbedded;
    private final Set<String> queues;
    private final Clock clock;
    private final Semaphore turn = new Semaphore(1);

    /**
     * Of a broker.
     *
     * @param isEmbedded whether it is ours, so that we know whether it is the one that notices were sent to
     * @param queues that it has; a notice for another one would hold up the relay
     */
    public RefillBroker(Transactions transactions, boolean isEmbedded, Set<String> queues, Clock clock) {
        this.transactions = transactions;
        this.isEmbedded = isEmbedded;
        this.queues = Set.copyOf(queues);
        this.clock = clock;
    }

    /**
     * What to put back.
     *
     * @param queue null for every queue
     * @param accession null for every accession
     * @param anyway also what this broker was given itself, or was sent before outcomes were recorded
     */
    public record Wish(@Nullable String queue, @Nullable AccessionReference accession, boolean anyway) {

        private boolean isForAll() {
            return queue == null && accession == null;
        }
    }

    /** What became of a wish. */
    public sealed interface Answer {}

    /** Another refill is under way. */
    public record Busy() implements Answer {}

    /** Of an external broker nobody here knows whether it lost anything; nothing was done. */
    public record NotOurs() implements Answer {}

    /**
     * It was done.
     *
     * @param brokerLost whether this broker lacks what an earlier one was given; without it, and without {@code anyway},
     *     nothing is put back
     * @param queues by name
     */
    public record Refilled(boolean brokerLost, Map<String, Counts> queues) implements Answer {}

    /**
     * Notices of a queue.
     *
     * @param putBack that the relay sends again
     * @param skipped that stay where they are, by the outcome of their delivery
     * @param withoutQueue that stay because the receiver was taken away whose queue it was
     */
    public record Counts(int putBack, Map<DeliveryOutcome, Integer> skipped, int withoutQueue) {

        private Counts and(@Nullable DeliveryOutcome outcome, boolean hasQueue) {
            if (!hasQueue) {
                return new Counts(putBack, skipped, withoutQueue + 1);
            }
            if (outcome == null) {
                return new Counts(putBack + 1, skipped, withoutQueue);
            }
            Map<DeliveryOutcome, Integer> more = new EnumMap<>(DeliveryOutcome.class);
            more.putAll(skipped);
            more.merge(outcome, 1, Integer::sum);
            return new Counts(putBack, more, withoutQueue);
        }
    }

    /** Does it; may take minutes where millions were sent. Done twice it does nothing more. */
    public Answer refill(Wish wish) {
        if (!isEmbedded && !wish.anyway()) {
            return new NotOurs();
        }
        if (!turn.tryAcquire()) {
            return new Busy();
        }
        try {
            return allBatches(wish);
        } finally {
            turn.release();
        }
    }

    private Refilled allBatches(Wish wish) {
        Optional<UsedBroker> broker = isEmbedded
                ? transactions
                        .<Optional<UsedBroker>>read(
                                session -> session.deliveries().broker())
                        .filter(UsedBroker::lacksNotices)
                : Optional.empty();
        Map<String, Counts> counts = new TreeMap<>();
        if (broker.isPresent() || wish.anyway()) {
            SentRange range = new SentRange(wish.queue(), wish.accession(), wish.anyway() ? null : broker.get());
            // ascending: the relay may send the first ones while the next ones are put back
            List<SentNotice> batch = batch(wish, range, 0);
            while (!batch.isEmpty()) {
                batch.forEach(notice -> counts.compute(
                        notice.queue(),
                        (queue, sum) -> (sum == null ? new Counts(0, Map.of(), 0) : sum)
                                .and(skipped(wish, notice), queues.contains(queue))));
                batch = batch.size() < BATCH
                        ? List.of()
                        : batch(wish, range, batch.get(BATCH - 1).place());
            }
        }
        if (broker.isPresent() && wish.isForAll()) {
            transactions.run(session -> session.exceptions().close(RecordBroker.CAUSE, clock.instant()));
        }
        return new Refilled(broker.isPresent(), counts);
    }

    private List<SentNotice> batch(Wish wish, SentRange range, long after) {
        return transactions
                .write(session -> putBack(session, wish, range, after))
                .value();
    }

    private List<SentNotice> putBack(Session session, Wish wish, SentRange range, long after) {
        List<SentNotice> batch = session.deliveries().sent(range, after, BATCH);
        List<UUID> again = new ArrayList<>();
        batch.stream()
                .filter(notice -> queues.contains(notice.queue()) && skipped(wish, notice) == null)
                .forEach(notice -> again.add(notice.id()));
        session.deliveries().sendAgain(again);
        return batch;
    }

    /** Why it is not sent again; null when it is. */
    private static @Nullable DeliveryOutcome skipped(Wish wish, SentNotice notice) {
        DeliveryOutcome outcome = notice.outcome();
        return outcome == DeliveryOutcome.UNKNOWN && wish.anyway() ? null : outcome;
    }
}
