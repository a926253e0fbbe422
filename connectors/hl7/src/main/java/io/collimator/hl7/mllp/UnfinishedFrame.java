package io.collimator.hl7.mllp;

/**
 * The last of a connection: a frame that began and whose end did not come, because the sender ended the connection, took
 * longer than {@link MllpSettings#partialFrameTimeout}, or the frame was given up. Whoever takes this applies nothing of it and closes the connection.
 */
public final class UnfinishedFrame implements MllpInbound {

    private final byte[] head;
    private final int length;

    UnfinishedFrame(byte[] head, int length) {
        this.head = head;
        this.length = length;
    }

    /** The first bytes of the frame, enough for its message header; not copied. */
    @Override
    public byte[] content() {
        return head;
    }

    /** Bytes that came of it. */
    public int length() {
        return length;
    }

    /** The size only: the content is patient data. */
    @Override
    public String toString() {
        return "UnfinishedFrame[" + length + " bytes]";
    }
}
