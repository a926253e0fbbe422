package io.collimator.workflow.port;

import io.collimator.workflow.outbox.DeliveryOutcome;
import io.collimator.workflow.outbox.SentNotice;
import io.collimator.workflow.outbox.SentRange;
import io.collimator.workflow.outbox.UsedBroker;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What became of the notices that were sent, and which broker was given them. */
public interface Deliveries {

    /**
     * A notice as seen from a queue that a route takes it from, which may be another one than it was sent to.
     *
     * @return empty when the outbox does not have it
     */
    Optional<SentNotice> find(UUID id, String queue);

    /** Notes the outcome; nothing when the outbox does not have the notice. What was accepted stays so. */
    void settle(UUID id, String queue, DeliveryOutcome outcome, Instant at);

    /**
     * Notices that were sent, in the order of the outbox, each as seen from the queue that it was sent to.
     *
     * @param after place of the last one before, 0 for the first ones
     */
    List<SentNotice> sent(SentRange range, long after, int max);

    /** The relay sends them once more. */
    void sendAgain(Collection<UUID> ids);

    /** The broker that notices are sent to now; empty before the first start that noted one. */
    Optional<UsedBroker> broker();

    /**
     * From now on notices go to this broker.
     *
     * @param isEmpty whether it has nothing of what was sent so far
     */
    UsedBroker useBroker(String nodeId, boolean isEmpty, Instant now);
}
