package io.collimator.workflow.worklist;

/** Scheduled Procedure Step Status (0040,0020); the first five are the standard's terms, the others our own. */
public enum StepStatus {
    SCHEDULED,
    ARRIVED,
    READY,
    STARTED,
    DEPARTED,
    COMPLETED,
    DISCONTINUED,
    CANCELLED;

    /** A modality works on it or has worked on it. */
    public boolean isBegun() {
        return this == STARTED || this == COMPLETED || this == DISCONTINUED;
    }

    public boolean isEnded() {
        return this == COMPLETED || this == DISCONTINUED || this == CANCELLED;
    }
}
