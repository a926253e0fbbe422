package io.collimator.camel.hl7;

/** The answer that the ACK policy made for a request; nothing else goes out on an MLLP connection. */
final class Hl7Answer {

    private final MllpRequest request;
    private final byte[] content;

    Hl7Answer(MllpRequest request, byte[] content) {
        this.request = request;
        this.content = content;
    }

    boolean answers(MllpRequest other) {
        return request.equals(other);
    }

    byte[] content() {
        return content;
    }

    @Override
    public String toString() {
        return "Hl7Answer[to " + request + "]";
    }
}
