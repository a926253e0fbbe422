package io.collimator.workflow.order;

/** What the order's side last said of it; what the modality did is the procedure state. */
public enum OrderStatus {
    SCHEDULED,
    ON_HOLD,
    /** Done, says the order's side. */
    COMPLETED,
    CANCELLED,
    DISCONTINUED,
    /** Another order has taken its place. */
    REPLACED;

    /** Nothing of it is to be done any more, and a change comes too late. */
    public boolean isWithdrawn() {
        return this == CANCELLED || this == REPLACED;
    }
}
