package io.collimator.workflow.order;

import java.util.Arrays;
import java.util.Optional;

/** The order control codes that are served (HL7 table 0119); every other one is refused. */
public enum OrderControl {
    /** New order. */
    NW,
    /** Change of an order. */
    XO,
    /** Request to cancel; refused once a step has begun. */
    CA,
    /** Cancelled already: a fact, not a request. */
    OC,
    /** Request to discontinue. */
    DC;

    public static Optional<OrderControl> of(String code) {
        return Arrays.stream(values())
                .filter(control -> control.name().equals(code.strip()))
                .findFirst();
    }
}
