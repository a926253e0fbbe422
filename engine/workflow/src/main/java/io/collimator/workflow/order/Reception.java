package io.collimator.workflow.order;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a message came.
 *
 * @param key what makes it the same as another one
 * @param kind MSH-9 as {@code TYPE^EVENT}
 * @param profile name of the sender profile that it was read with
 * @param messageTime MSH-7, null when it cannot be read
 * @param content the bytes of the frame
 * @param warnings what was put right or left out when it was mapped, unless its steps tell it; no patient data
 */
public record Reception(
        ReceivedMessage.Key key,
        String kind,
        String profile,
        Instant receivedAt,
        @Nullable Instant messageTime,
        byte[] content,
        List<String> warnings) {

    public Reception {
        content = content.clone();
        warnings = List.copyOf(warnings);
    }

    /** Of a message of which nothing was left out. */
    public Reception(
            ReceivedMessage.Key key,
            String kind,
            String profile,
            Instant receivedAt,
            @Nullable Instant messageTime,
            byte[] content) {
        this(key, kind, profile, receivedAt, messageTime, content, List.of());
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    /** As it is kept when it was answered with AA. */
    public ReceivedMessage accepted() {
        return new ReceivedMessage(key, kind, profile, receivedAt, content, "AA");
    }

    /** As it is kept when it was ignored. */
    public ReceivedMessage ignored() {
        return new ReceivedMessage(key, kind, profile, receivedAt, content, ReceivedMessage.IGNORED);
    }

    /** Without content, which is patient data. */
    @Override
    public String toString() {
        return "Reception[" + key.sender() + ", " + key.controlId() + ", " + kind + "]";
    }
}
