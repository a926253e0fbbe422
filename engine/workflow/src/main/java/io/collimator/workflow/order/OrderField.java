package io.collimator.workflow.order;

/** The fields of an order or appointment message that a refusal can name. */
public enum OrderField {
    ORDER_CONTROL("ORC", 1, "ORC", 1),
    PLACER_NUMBER("ORC", 2, "ORC", 2),
    FILLER_NUMBER("ORC", 3, "ORC", 3),
    PATIENT_ID("PID", 3, "PID", 3),
    PATIENT_NAME("PID", 5, "PID", 5),
    ACCESSION_NUMBER("OBR", 18, "IPC", 1),
    REQUESTED_PROCEDURE_ID("OBR", 19, "IPC", 2),
    STUDY_INSTANCE_UID("ZDS", 1, "IPC", 3),
    STEP_ID("OBR", 20, "IPC", 4),
    MODALITY("OBR", 24, "IPC", 5),
    APPOINTMENT_PLACER("SCH", 26, "SCH", 26),
    APPOINTMENT_FILLER("SCH", 27, "SCH", 27);

    private final String obrSegment;
    private final int obrField;
    private final String ipcSegment;
    private final int ipcField;

    OrderField(String obrSegment, int obrField, String ipcSegment, int ipcField) {
        this.obrSegment = obrSegment;
        this.obrField = obrField;
        this.ipcSegment = ipcSegment;
        this.ipcField = ipcField;
    }

    /** The segment's name. */
    public String segment(OrderForm form) {
        return form == OrderForm.IPC ? ipcSegment : obrSegment;
    }

    /** The field's number in its segment, from 1. */
    public int field(OrderForm form) {
        return form == OrderForm.IPC ? ipcField : obrField;
    }
}
