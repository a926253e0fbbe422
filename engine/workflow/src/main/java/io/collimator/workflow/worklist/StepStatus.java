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
    CANCELLED,
    /** Not to be done until the order's side releases it. */
    ON_HOLD,
    /** Its appointment was cancelled; not to be done until it has another one. */
    UNSCHEDULED,
    /** Done, says the order's side; no modality has reported it. */
    CLOSED;

    /** A modality works on it or has worked on it. */
    public boolean isBegun() {
        return this == STARTED || this == COMPLETED || this == DISCONTINUED;
    }

    public boolean isEnded() {
        return this == COMPLETED || this == DISCONTINUED || this == CANCELLED || this == CLOSED;
    }

    /** Neither begun nor ended, on the worklist or not. */
    public boolean isOpen() {
        return !isBegun() && !isEnded();
    }

    /** Open, and kept off the worklist for no reason of the order's side. */
    public boolean isToBeDone() {
        return isOpen() && !isWithheld();
    }

    /** Kept off the worklist for a reason that no query may overrule; only the settings can show it. */
    public boolean isWithheld() {
        return this == ON_HOLD || this == UNSCHEDULED || this == CLOSED;
    }
}
