package io.collimator.dicom.service;

import io.collimator.dicom.data.AeTitle;

/**
 * What a listener is.
 *
 * @param aeTitle the called AE title that it answers to; any other is rejected 1/1/7
 * @param bindAddress host name or address
 * @param port 0 for any free port
 */
public record ListenerSettings(AeTitle aeTitle, String bindAddress, int port, DicomLimits limits) {}
