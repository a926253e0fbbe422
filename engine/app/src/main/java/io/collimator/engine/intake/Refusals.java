package io.collimator.engine.intake;

import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.workflow.order.OrderRefusedException;
import java.util.Arrays;

/** The workflow's refusals in HL7's words. */
final class Refusals {

    private Refusals() {}

    static Hl7RejectedException of(OrderRefusedException refusal) {
        return of(refusal, String.valueOf(refusal.getMessage()));
    }

    /** @param text in place of the refusal's own */
    static Hl7RejectedException of(OrderRefusedException refusal, String text) {
        ErrorCode code = Arrays.stream(ErrorCode.values())
                .filter(candidate -> candidate.code() == refusal.code())
                .findFirst()
                .orElse(ErrorCode.APPLICATION_INTERNAL_ERROR);
        ErrorLocation location = refusal.location()
                .map(place -> new ErrorLocation(place.segment(), place.sequence(), place.field(), 0))
                .orElse(ErrorLocation.NONE);
        return Hl7RejectedException.contentError(code, location, text);
    }
}
