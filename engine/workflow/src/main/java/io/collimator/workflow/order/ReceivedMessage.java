package io.collimator.workflow.order;

import java.time.Instant;

/**
 * An HL7 message as it came.
 *
 * @param kind MSH-9 as {@code TYPE^EVENT}, empty when not known
 * @param profile name of the sender profile that it was read with, empty when not known
 * @param content the bytes of the frame
 * @param acknowledgement MSA-1 of the answer: AA, AE or AR; {@link #IGNORED} for one that was answered AA and ignored
 */
public record ReceivedMessage(
        Key key, String kind, String profile, Instant receivedAt, byte[] content, String acknowledgement) {

    /** In the place of MSA-1: acknowledged, and nothing changed. */
    public static final String IGNORED = "IG";

    public ReceivedMessage {
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    /** Without content, which is patient data. */
    @Override
    public String toString() {
        return "ReceivedMessage[" + key.sender() + ", " + key.controlId() + ", " + kind + "]";
    }

    /**
     * What makes two messages the same.
     *
     * @param sender MSH-3 and MSH-4
     * @param controlId MSH-10
     * @param digest of everything after MSH, and MSH-9
     */
    public record Key(String sender, String controlId, String digest) {}
}
