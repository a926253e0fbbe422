package io.collimator.workflow.appointment;

/** What happened to an appointment (HL7 v2.5.1 §10.4, table 0003). */
public enum AppointmentEvent {
    /** S12. */
    NEW,
    /** S13. */
    RESCHEDULE,
    /** S14. */
    MODIFY,
    /** S15. */
    CANCEL,
    /** S17. */
    DELETE,
    /** S26. */
    NO_SHOW;

    /** Whether it gives the steps a time or a place. */
    public boolean schedules() {
        return this == NEW || this == RESCHEDULE || this == MODIFY;
    }
}
