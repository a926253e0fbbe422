package io.collimator.dicom.service;

import io.collimator.dicom.data.Uid;

/** SOP class extended negotiation of one SOP class, proposed or agreed (item 56H, PS3.7 §D.3.3.5). */
public record ExtendedNegotiation(Uid sopClass, ApplicationInformation information) {}
