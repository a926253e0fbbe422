package io.collimator.camel.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
 * @param body its text; where it was bytes, a character for each of them
 */
public record OutgoingMessage(
        String queue, String line, String key, int attempt, Map<String, String> properties, String body) {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** Longer than any accession number or id of a broker. */
    private static final int MAX_NAME = 200;

    public OutgoingMessage {
        properties = Map.copyOf(properties);
    }

    /** Empty when it is no notice of ours. */
    public Optional<UUID> outboxId() {
        return uuid(properties.getOrDefault(OutboundMessages.OUTBOX_ID, ""));
    }

    /** Bytes as text that holds each of them, whatever they mean. */
    static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    /** The bytes that {@link #text} was made of. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A text that others chose, as a name of bounded length that no other text has. */
    static String name(String text) {
        if (text.length() <= MAX_NAME) {
            return text;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
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
