package io.collimator.workflow.order;

import java.time.Instant;

/**
 * An HL7 message as it came.
 *
 * @param content the bytes of the frame
 * @param acknowledgement MSA-1 of the answer: AA, AE or AR
 */
public record ReceivedMessage(Key key, Instant receivedAt, byte[] content, String acknowledgement) {

    public ReceivedMessage {
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
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
