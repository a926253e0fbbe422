package io.collimator.dicom.operation;

/** Status codes that the provider answers itself (PS3.7 Annex C, PS3.4 §B.2.3, §C.4). */
final class Statuses {

    static final int PROCESSING_FAILURE = 0x0110;
    static final int NO_SUCH_SOP_CLASS = 0x0118;
    static final int CLASS_INSTANCE_CONFLICT = 0x0119;
    static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;
    static final int NOT_AUTHORIZED = 0x0124;
    static final int DUPLICATE_INVOCATION = 0x0210;
    static final int UNRECOGNIZED_OPERATION = 0x0211;
    static final int RESOURCE_LIMITATION = 0x0213;
    static final int OUT_OF_RESOURCES = 0xA700;
    static final int SUB_OPERATIONS_NOT_PERFORMED = 0xA702;
    static final int SUB_OPERATIONS_WITH_FAILURES = 0xB000;
    static final int UNABLE_TO_PROCESS = 0xC000;
    static final int HANDLER_FAILED = 0xC001;

    private Statuses() {}
}
