package io.collimator.camel.hl7;

import io.collimator.hl7.message.Hl7Batch;
import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.mllp.MllpFrame;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A complete frame that waits for its answer; compared by identity. It is read when it is first asked for its headers, which
 * takes long for a large batch: not on an event loop.
 */
final class MllpRequest {

    private static final int MAX_SHOWN = 40;

    private final MllpFrame frame;
    private final Charset characterSet;
    private final Origin origin;
    private final long arrived = System.nanoTime();
    private @Nullable Form form;

    /** Between which addresses it came; the port is ours. */
    record Origin(String remoteAddress, int localPort) {}

    /** One message or several. */
    private record Form(Optional<Hl7Headers> headers, Optional<Hl7Batch> batch) {}

    MllpRequest(MllpFrame frame, Charset characterSet, Origin origin) {
        this.frame = frame;
        this.characterSet = characterSet;
        this.origin = origin;
    }

    private synchronized Form form() {
        if (form == null) {
            Optional<Hl7Batch> batch = batch(frame.content());
            form = new Form(
                    batch.isPresent() ? Optional.empty() : Hl7Headers.read(frame.content(), characterSet), batch);
        }
        return form;
    }

    /** Empty for a batch of too many messages: it is answered as one frame that cannot be read. */
    private static Optional<Hl7Batch> batch(byte[] content) {
        try {
            return Hl7Batch.read(content, Hl7Batch.MAX_MESSAGES);
        } catch (Hl7RejectedException tooMany) {
            return Optional.empty();
        }
    }

    byte[] content() {
        return frame.content();
    }

    boolean lacksCarriageReturn() {
        return frame.lacksCarriageReturn();
    }

    /** Empty when the frame is no HL7 message, or is a batch. */
    Optional<Hl7Headers> headers() {
        return form().headers();
    }

    /** The messages of a frame that begins with FHS or BHS, or holds several MSH. */
    Optional<Hl7Batch> batch() {
        return form().batch();
    }

    /** Where MSH-18 names none. */
    Charset characterSet() {
        return characterSet;
    }

    /** {@link System#nanoTime()} when it was taken from its connection. */
    long arrived() {
        return arrived;
    }

    Origin origin() {
        return origin;
    }

    String remoteAddress() {
        return origin.remoteAddress();
    }

    /** MSH-10 for logs: cut, and without what could forge a line. */
    String controlId() {
        return controlId(headers());
    }

    /** {@link #controlId} of each message: one, or those of the batch. */
    List<String> controlIds() {
        return batch().map(Hl7Batch::messages)
                .map(messages -> messages.stream()
                        .map(message -> controlId(Hl7Headers.read(message, characterSet)))
                        .toList())
                .orElseGet(() -> List.of(controlId()));
    }

    private static String controlId(Optional<Hl7Headers> of) {
        String sent = of.map(Hl7Headers::controlId).orElse("").replaceAll("[^\\x20-\\x7E]", "?");
        return sent.length() > MAX_SHOWN ? sent.substring(0, MAX_SHOWN) + "…" : sent;
    }

    /** Without the content: Camel writes this to its debug log. */
    @Override
    public String toString() {
        return "MllpRequest[" + controlId() + " from " + origin.remoteAddress() + "]";
    }
}
