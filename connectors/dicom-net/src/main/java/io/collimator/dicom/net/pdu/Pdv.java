package io.collimator.dicom.net.pdu;

import java.nio.ByteBuffer;

/**
 * A presentation data value: one fragment of a message (PS3.8 §9.3.5.1 and Annex E).
 *
 * @param contextId presentation context
 * @param command a fragment of the command set, else of the data set
 * @param last the last fragment of its kind in the message
 */
public record Pdv(int contextId, boolean command, boolean last, ByteBuffer fragment) {

    /** Item length, presentation context ID and message control header. */
    public static final int OVERHEAD = 6;

    public Pdv {
        fragment = fragment.asReadOnlyBuffer();
    }

    /** The bytes, read-only, from position to limit; each caller gets a buffer of its own. */
    @Override
    public ByteBuffer fragment() {
        return fragment.duplicate();
    }

    public int length() {
        return fragment.remaining();
    }

    /** Sizes only: the bytes may be patient data. */
    @Override
    public String toString() {
        return "Pdv[contextId=%d, %s%s, %d bytes]"
                .formatted(contextId, command ? "command" : "data", last ? ", last" : "", length());
    }
}
