package io.collimator.workflow.event;

/** The types of {@code collimator.events} (contract, JMS). */
public enum EventType {
    ORDER_SCHEDULED("order.scheduled"),
    ORDER_UPDATED("order.updated"),
    ORDER_CANCELLED("order.cancelled"),
    PROCEDURE_STARTED("procedure.started"),
    PROCEDURE_COMPLETED("procedure.completed"),
    PROCEDURE_DISCONTINUED("procedure.discontinued"),
    CUSTODY_OUTSTANDING("custody.outstanding"),
    CUSTODY_COMMITTED("custody.committed"),
    CUSTODY_FAILED("custody.failed"),
    PATIENT_UPDATED("patient.updated"),
    PATIENT_MERGED("patient.merged");

    private final String label;

    EventType(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
