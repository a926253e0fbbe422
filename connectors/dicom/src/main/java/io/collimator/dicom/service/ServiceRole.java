package io.collimator.dicom.service;

/** The role of the association requestor for a SOP class (PS3.7 §D.3.3.4). */
public enum ServiceRole {
    SCU,
    SCP
}
