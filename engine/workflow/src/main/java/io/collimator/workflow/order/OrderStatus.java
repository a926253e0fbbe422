package io.collimator.workflow.order;

/** What the order's side last said of it; what the modality did is the procedure state. */
public enum OrderStatus {
    SCHEDULED,
    CANCELLED,
    DISCONTINUED
}
