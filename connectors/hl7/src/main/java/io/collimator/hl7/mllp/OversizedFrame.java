package io.collimator.hl7.mllp;

/**
 * A frame over the limit. What follows on the connection is not read any more: whoever takes this answers AE 102 when
 * {@link #content()} holds a message header, then closes the connection.
 */
public final class OversizedFrame implements MllpInbound {

    private final byte[] head;
    private final int limit;

    OversizedFrame(byte[] head, int limit) {
        this.head = head;
        this.limit = limit;
    }

    /** The first bytes of the frame, enough for its message header; not copied. */
    @Override
    public byte[] content() {
        return head;
    }

    /** The limit it was over, bytes. */
    public int limit() {
        return limit;
    }

    /** The limit only: the content is patient data. */
    @Override
    public String toString() {
        return "OversizedFrame[over " + limit + " bytes]";
    }
}
