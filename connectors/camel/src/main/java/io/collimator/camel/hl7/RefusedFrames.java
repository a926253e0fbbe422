package io.collimator.camel.hl7;

import io.collimator.hl7.outcome.AckOutcome.Refusal;

/** Is told of frames that came to no route: over the limit, or without an end that is sure. */
@FunctionalInterface
public interface RefusedFrames {

    /**
     * A frame was refused. Called on a thread that may block; the answer does not wait for it.
     *
     * @param content of the frame; when it was over the limit its first bytes, enough for its message header
     * @param refusal what was answered
     * @param remoteAddress address and port of the sender
     */
    void refused(byte[] content, Refusal refusal, String remoteAddress);
}
