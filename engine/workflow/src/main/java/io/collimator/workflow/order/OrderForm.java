package io.collimator.workflow.order;

/** Which segment of an order message carries the keys of the imaging procedure. */
public enum OrderForm {
    /** ORM^O01 and OMG^O19: OBR-18 to OBR-24, ZDS-1. */
    OBR,
    /** OMI^O23: IPC-1 to IPC-5. */
    IPC
}
