package io.collimator.camel.delivery;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A message that a route has taken from a queue to send it on, as it stood there.
 *
 * @param queue "" when the route reads none
 * @param line what keeps its order: the queue's group, else the key itself
 * @param key tells it from others: the outbox id, else what the broker calls it
 * @param attempt 0 as it came to the queue; else which attempt it was put there for again
 * @param properties its string properties
 */
public record OutgoingMessage(
        String queue, String line, String key, int attempt, Map<String, String> properties, String body) {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    public OutgoingMessage {
        properties = Map.copyOf(properties);
    }

    /** Empty when it is no notice of ours. */
    public Optional<UUID> outboxId() {
        return uuid(properties.getOrDefault(OutboundMessages.OUTBOX_ID, ""));
    }

    static Optional<UUID> uuid(String text) {
        return UUID_TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** Without the body, which holds patient data. */
    @Override
    public String toString() {
        return "OutgoingMessage[" + queue + ", " + key + ", " + attempt + "]";
    }
}
