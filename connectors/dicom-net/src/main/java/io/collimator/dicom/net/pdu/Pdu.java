package io.collimator.dicom.net.pdu;

/** A protocol data unit (PS3.8 §9.3.1). Immutable. */
public sealed interface Pdu permits AssociateRq, AssociateAc, AssociateRj, PDataTf, ReleaseRq, ReleaseRp, Abort {

    /** Bytes of PDU type, reserved byte and PDU length; the length counts what follows them. */
    int HEADER_LENGTH = 6;
}
