package io.collimator.hl7.mllp;

/**
 * The content of one complete frame, without its framing bytes. The bytes are not copied: whoever makes or takes a
 * frame leaves them as they are.
 */
public final class MllpFrame implements MllpInbound {

    private final byte[] content;

    public MllpFrame(byte[] content) {
        this.content = content;
    }

    /** The bytes themselves. */
    public byte[] content() {
        return content;
    }

    /** The size only: the content is patient data. */
    @Override
    public String toString() {
        return "MllpFrame[" + content.length + " bytes]";
    }
}
