package io.collimator.workflow.outbox;

import io.collimator.workflow.order.AccessionNumber;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice as it will stand on its queue.
 *
 * @param id the duplicate-detection id
 * @param queue name of the queue, for instance {@code collimator.status}
 * @param eventType the string property {@code eventType}
 * @param accession the group: one accession's notices stay in order; null when there is none
 * @param body text of the message
 * @param orderer who sent the order of the accession, {@link Orderer#NONE} when there is none or it is not known
 */
public record OutboxMessage(
        UUID id,
        String queue,
        String eventType,
        @Nullable AccessionNumber accession,
        Instant at,
        String body,
        Orderer orderer) {

    /**
     * Who sent an order.
     *
     * @param application MSH-3.1, "" when it said none
     * @param facility MSH-4.1, "" when it said none
     */
    public record Orderer(String application, String facility) {

        public static final Orderer NONE = new Orderer("", "");
    }

    /** One that is about no order. */
    public OutboxMessage(
            UUID id, String queue, String eventType, @Nullable AccessionNumber accession, Instant at, String body) {
        this(id, queue, eventType, accession, at, body, Orderer.NONE);
    }

    /** Without the body, which holds patient data. */
    @Override
    public String toString() {
        return "OutboxMessage[" + id + ", " + queue + ", " + eventType + ", " + accession + "]";
    }
}
