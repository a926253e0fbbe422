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
 */
public record OutboxMessage(
        UUID id, String queue, String eventType, @Nullable AccessionNumber accession, Instant at, String body) {

    /** Without the body, which holds patient data. */
    @Override
    public String toString() {
        return "OutboxMessage[" + id + ", " + queue + ", " + eventType + ", " + accession + "]";
    }
}
