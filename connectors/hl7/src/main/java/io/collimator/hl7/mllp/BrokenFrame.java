package io.collimator.hl7.mllp;

/**
 * A frame whose end block is followed by a byte that can follow none: where it ends is not sure. What comes up to the next
 * start block is passed over. Whoever takes this refuses it and applies nothing.
 */
public final class BrokenFrame implements MllpInbound {

    private final byte[] content;

    BrokenFrame(byte[] content) {
        this.content = content;
    }

    /** What stands before the end block; not copied. */
    @Override
    public byte[] content() {
        return content;
    }

    /** The size only: the content is patient data. */
    @Override
    public String toString() {
        return "BrokenFrame[" + content.length + " bytes]";
    }
}
