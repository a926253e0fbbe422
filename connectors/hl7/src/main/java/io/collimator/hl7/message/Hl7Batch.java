package io.collimator.hl7.message;

import java.util.List;
import java.util.Optional;

/**
 * A frame that holds several messages, between FHS, BHS, BTS and FTS (HL7 v2.5.1 §2.10.3) or one after the other, cut into them. Each message
 * is copied out of the frame when it is asked for, so that a batch takes little more than its frame; nothing is decoded here. What stands between the messages and belongs to none is a message of its
 * own that cannot be read, so that it is refused and not overlooked.
 */
public final class Hl7Batch {

    /** Most messages that one frame may hold by default. */
    public static final int MAX_MESSAGES = 1_000;

    private final Optional<Envelope> file;
    private final List<Part> parts;
    private final MessageSlices messages;
    private final List<String> warnings;

    Hl7Batch(Optional<Envelope> file, List<Part> parts, MessageSlices messages, List<String> warnings) {
        this.file = file;
        this.parts = List.copyOf(parts);
        this.messages = messages;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * The messages between a BHS and its BTS.
     *
     * @param header BHS; empty when the messages stand without one
     * @param messages the bytes of each, as {@link Hl7Message#parse(byte[], ReadingSettings)} takes them; copied at each call
     */
    public record Part(Optional<Envelope> header, List<byte[]> messages) {}

    /** Whether the content of a frame begins as a batch does, or holds a second MSH. */
    public static boolean isBatch(byte[] content) {
        return BatchSplitter.start(content) >= 0;
    }

    /**
     * The batch in a frame.
     *
     * @param maxMessages most messages that it may hold
     * @return empty when the content does not begin with FHS or BHS and has no second MSH
     * @throws io.collimator.hl7.outcome.Hl7RejectedException when it holds more messages
     */
    public static Optional<Hl7Batch> read(byte[] content, int maxMessages) {
        int start = BatchSplitter.start(content);
        return start < 0 ? Optional.empty() : Optional.of(new BatchSplitter(content, maxMessages).split(start));
    }

    /** FHS. */
    public Optional<Envelope> file() {
        return file;
    }

    public List<Part> parts() {
        return parts;
    }

    /** The bytes of every message, in order over all parts; each is copied whenever it is asked for. */
    public List<byte[]> messages() {
        return messages;
    }

    /** A count that is wrong, an end that is missing; no patient data. */
    public List<String> warnings() {
        return warnings;
    }

    /** Counts only: the content is patient data. */
    @Override
    public String toString() {
        return "Hl7Batch[" + messages().size() + " messages]";
    }
}
