package io.collimator.dicom.service;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.DicomAssociation.NResponse;

/** Answers N-SET (PS3.7 §10.1.3). */
@FunctionalInterface
public interface SetHandler {

    /**
     * Handles the request; what it returns is written as the response.
     *
     * @throws DimseException for a failure status
     */
    NResponse handle(SetRequest request);

    /**
     * A N-SET-RQ.
     *
     * @param modifications the attributes to change
     */
    record SetRequest(DicomAssociation association, Uid sopClass, Uid sopInstance, DataSet modifications) {}
}
