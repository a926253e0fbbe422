package io.collimator.dicom.net.pdu;

/** A-RELEASE-RQ (PS3.8 §9.3.6). */
public record ReleaseRq() implements Pdu {}
