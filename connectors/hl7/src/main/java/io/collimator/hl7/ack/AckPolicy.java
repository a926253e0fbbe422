package io.collimator.hl7.ack;

import io.collimator.hl7.outcome.AckOutcome;
import io.collimator.hl7.outcome.AckOutcome.Accepted;
import io.collimator.hl7.outcome.AckOutcome.ContentError;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import io.collimator.hl7.outcome.AckOutcome.Rejected;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;

/** The one place that decides which acknowledgement an outcome or an exception means (HL7 v2.5.1 §2.9.2.2). */
public final class AckPolicy {

    private AckPolicy() {}

    /** MSA-1: AA, AE or AR. */
    public static String codeOf(AckOutcome outcome) {
        if (outcome instanceof Accepted) {
            return "AA";
        }
        return outcome instanceof ContentError ? "AE" : "AR";
    }

    /**
     * The refusal that an exception means: its own when a {@link Hl7RejectedException} caused it, else AR 207, so that
     * the sender sends again; what went wrong inside stays inside.
     */
    public static Refusal refusalFor(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof Hl7RejectedException rejected) {
                return rejected.refusal();
            }
            cause = cause.getCause();
        }
        return notStored();
    }

    /** AR 207: the message could not be stored now, or nothing says that it was; the sender is to send it again. */
    public static Refusal notStored() {
        return new Rejected(
                ErrorCode.APPLICATION_INTERNAL_ERROR,
                ErrorLocation.NONE,
                "The message could not be stored now; send it again later.");
    }

    /** AR 100: what came is no HL7 message. */
    public static Refusal unreadable() {
        return new Rejected(
                ErrorCode.SEGMENT_SEQUENCE_ERROR,
                ErrorLocation.ofSegment("MSH"),
                "No message header was found; send HL7 v2 that begins with MSH.");
    }

    /**
     * AE 102 for a frame over the limit: the same again would be too long again.
     *
     * @param limit the limit, bytes
     */
    public static Refusal oversized(int limit) {
        return new ContentError(
                ErrorCode.DATA_TYPE_ERROR,
                ErrorLocation.NONE,
                "The frame is over %d bytes; send less, or raise the limit.".formatted(limit));
    }

    /** AE 102 for a frame whose end is not sure; nothing of it is applied. */
    public static Refusal brokenFrame() {
        return new ContentError(
                ErrorCode.DATA_TYPE_ERROR,
                ErrorLocation.NONE,
                "The end block FS of the MLLP frame is followed by another byte than CR; end each frame with FS CR.");
    }
}
