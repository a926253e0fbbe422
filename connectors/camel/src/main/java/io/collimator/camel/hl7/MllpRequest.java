package io.collimator.camel.hl7;

import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.mllp.MllpFrame;
import java.nio.charset.Charset;
import java.util.Optional;

/** A complete frame that waits for its one answer; compared by identity. */
final class MllpRequest {

    private static final int MAX_SHOWN = 40;

    private final MllpFrame frame;
    private final Optional<Hl7Headers> headers;
    private final String remoteAddress;

    MllpRequest(MllpFrame frame, Charset characterSet, String remoteAddress) {
        this.frame = frame;
        this.headers = Hl7Headers.read(frame.content(), characterSet);
        this.remoteAddress = remoteAddress;
    }

    byte[] content() {
        return frame.content();
    }

    /** Empty when the frame is no HL7 message. */
    Optional<Hl7Headers> headers() {
        return headers;
    }

    String remoteAddress() {
        return remoteAddress;
    }

    /** MSH-10 for logs: cut, and without what could forge a line. */
    String controlId() {
        String sent = headers.map(Hl7Headers::controlId).orElse("").replaceAll("[^\\x20-\\x7E]", "?");
        return sent.length() > MAX_SHOWN ? sent.substring(0, MAX_SHOWN) + "…" : sent;
    }

    /** Without the content: Camel writes this to its debug log. */
    @Override
    public String toString() {
        return "MllpRequest[" + controlId() + " from " + remoteAddress + "]";
    }
}
