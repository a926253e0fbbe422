package io.collimator.hl7.outcome;

import io.collimator.hl7.outcome.AckOutcome.ContentError;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import io.collimator.hl7.outcome.AckOutcome.Rejected;

/** A message that cannot be accepted, with the reason as it goes into the acknowledgement; carries no patient data. */
public final class Hl7RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public Hl7RejectedException(Refusal refusal) {
        super(messageOf(refusal));
        this.refusal = refusal;
    }

    public Hl7RejectedException(Refusal refusal, Throwable cause) {
        super(messageOf(refusal), cause);
        this.refusal = refusal;
    }

    /** AE with this code at this place. */
    public static Hl7RejectedException contentError(ErrorCode code, ErrorLocation location, String text) {
        return new Hl7RejectedException(new ContentError(code, location, text));
    }

    /** AR with this code at this place. */
    public static Hl7RejectedException rejected(ErrorCode code, ErrorLocation location, String text) {
        return new Hl7RejectedException(new Rejected(code, location, text));
    }

    public Refusal refusal() {
        return refusal;
    }

    private static String messageOf(Refusal refusal) {
        return "%d %s: %s".formatted(refusal.code().code(), refusal.location(), refusal.text());
    }
}
