package io.collimator.dicom.operation;

/** By what a peer shows that it is still at work on a request of ours. */
public enum SignOfLife {
    /** Its responses. */
    RESPONSE,
    /** Its own requests, too: the sub-operations of C-GET. */
    SUB_OPERATION,
    /** The association: the sub-operations of C-MOVE go elsewhere, and pending responses are optional (PS3.4 §C.4.2). */
    ASSOCIATION
}
