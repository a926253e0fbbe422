package io.collimator.workflow.appointment;

/** What S26, the patient did not come, does to the steps. */
public enum NoShowPolicy {
    KEEP,
    CANCEL
}
