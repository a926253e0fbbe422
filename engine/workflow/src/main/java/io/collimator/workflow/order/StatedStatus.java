package io.collimator.workflow.order;

/** The status of a step as the order's side states it; what a modality did is told by MPPS alone. */
public enum StatedStatus {
    SCHEDULED,
    ARRIVED,
    READY,
    ON_HOLD,
    IN_PROGRESS,
    COMPLETED,
    DISCONTINUED,
    CANCELLED
}
