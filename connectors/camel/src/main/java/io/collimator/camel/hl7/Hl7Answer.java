package io.collimator.camel.hl7;

import java.util.List;

/** The answer that the ACK policy made for a request; nothing else goes out on an MLLP connection. */
final class Hl7Answer {

    private final MllpRequest request;
    private final List<byte[]> frames;

    /** @param frames contents in order: none when the sender asked for no answer, two when it asked for both */
    Hl7Answer(MllpRequest request, List<byte[]> frames) {
        this.request = request;
        this.frames = List.copyOf(frames);
    }

    boolean answers(MllpRequest other) {
        return request.equals(other);
    }

    List<byte[]> frames() {
        return frames;
    }

    @Override
    public String toString() {
        return "Hl7Answer[to " + request + "]";
    }
}
