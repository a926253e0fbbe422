package io.collimator.hl7.mllp;

/**
 * The content of one complete frame, without its framing bytes. The bytes are not copied: whoever makes or takes a
 * frame leaves them as they are.
 */
public final class MllpFrame implements MllpInbound {

    private final byte[] content;
    private final boolean lacksCarriageReturn;

    public MllpFrame(byte[] content) {
        this(content, false);
    }

    MllpFrame(byte[] content, boolean lacksCarriageReturn) {
        this.content = content;
        this.lacksCarriageReturn = lacksCarriageReturn;
    }

    /** The bytes themselves. */
    @Override
    public byte[] content() {
        return content;
    }

    /** Whether it ended with FS alone: before LF, the next frame, a pause or the end of the connection. */
    public boolean lacksCarriageReturn() {
        return lacksCarriageReturn;
    }

    /** The size only: the content is patient data. */
    @Override
    public String toString() {
        return "MllpFrame[" + content.length + " bytes]";
    }
}
