package io.collimator.camel.hl7;

import io.collimator.hl7.outcome.AckOutcome.Refusal;

/** Is told of frames that were over the limit and therefore came to no route. */
@FunctionalInterface
public interface OversizedFrames {

    /**
     * A frame was refused. Called on a thread that may block; the answer does not wait for it.
     *
     * @param head the first bytes of the frame, enough for its message header
     * @param refusal what was answered
     * @param remoteAddress address and port of the sender
     */
    void refused(byte[] head, Refusal refusal, String remoteAddress);
}
