package io.collimator.workflow.outbox;

import io.collimator.workflow.order.AccessionNumber;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A notice of the outbox that was sent to a queue.
 *
 * @param place in the order of the outbox
 * @param queue that it was sent to
 * @param accession null when it is about none, or about several
 * @param outcome of its delivery, null while there is none
 * @param isOvertaken whether a receiver has accepted a newer notice of the accession from the same queue
 */
public record SentNotice(
        UUID id,
        long place,
        String queue,
        String eventType,
        @Nullable AccessionNumber accession,
        @Nullable DeliveryOutcome outcome,
        boolean isOvertaken) {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** The outbox id that a key of a message is; empty when it is another one's message. */
    public static Optional<UUID> idOf(String key) {
        return ID.matcher(key).matches() ? Optional.of(UUID.fromString(key)) : Optional.empty();
    }
}
