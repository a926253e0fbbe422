package io.collimator.workflow.exception;

/** Kinds of exceptions; the name on the queue is {@code exception.} and {@link #label()} (contract, JMS). */
public enum ExceptionType {
    /** An HL7 message, a DIMSE request or a notice that was refused; its content is kept. */
    MESSAGE_REFUSED("message-refused"),
    /** A performed step that belongs to no scheduled step. */
    STEP_UNMATCHED("step-unmatched"),
    /** A performed step or a result whose patient is not the order's. */
    PATIENT_MISMATCH("patient-mismatch"),
    /** A patient ID of which nobody can say who gave it, or whose issuers cannot be compared. */
    PATIENT_AUTHORITY("patient-authority"),
    /** A performed step that belongs to a cancelled order or step; it counts, and the order stays cancelled. */
    PERFORMED_AFTER_CANCEL("performed-after-cancel"),
    /** A word on a performed step from another peer than the one that began it; it changes nothing. */
    PERFORMED_STEP_OF_ANOTHER("performed-step-of-another"),
    /** An order or appointment message that was accepted and shows on no worklist what it asked for. */
    NO_EFFECT("no-effect"),
    /** A result that goes behind one that was passed on: a late preliminary after the final. */
    RESULT_OUT_OF_ORDER("result-out-of-order"),
    /** A commitment request whose instances no performed step has named in time. */
    COMMITMENT_UNMATCHED("commitment-unmatched"),
    /** A commitment report from someone who was not asked, or on a transaction that is not open. */
    COMMITMENT_REPORT_UNEXPECTED("commitment-report-unexpected"),
    /** A commitment report that could not be delivered to the modality. */
    COMMITMENT_REPORT_UNDELIVERED("commitment-report-undelivered"),
    /** An entry whose order names no station and for which no table has one. */
    NO_STATION("no-station"),
    /** A notice that ended in the dead letters. */
    NOTICE_UNDELIVERED("notice-undelivered"),
    /** The broker that runs is not the one that notices were sent to before. */
    BROKER_JOURNAL_LOST("broker-journal-lost"),
    /** A destination that takes nothing for longer than it may; the engine closes it when something gets there. */
    DELIVERY_WAITING("delivery-waiting"),
    /** Several failed logins of an account; the engine closes it when there was none for a quarter of an hour. */
    LOGIN_FAILURES("login-failures"),
    /** Messages of one accession that their receiver does not take, though it takes others; they wait for a person. */
    DELIVERY_PARKED("delivery-parked");

    private final String label;

    ExceptionType(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
