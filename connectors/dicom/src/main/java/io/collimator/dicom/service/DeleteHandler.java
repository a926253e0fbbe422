package io.collimator.dicom.service;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.DicomAssociation.NResponse;

/** Answers N-DELETE (PS3.7 §10.1.6). */
@FunctionalInterface
public interface DeleteHandler {

    /**
     * Handles the request; what it returns is written as the response, without a data set.
     *
     * @throws DimseException for a failure status such as 0112H
     */
    NResponse handle(DeleteRequest request);

    /** A N-DELETE-RQ. */
    record DeleteRequest(DicomAssociation association, Uid sopClass, Uid sopInstance) {}
}
