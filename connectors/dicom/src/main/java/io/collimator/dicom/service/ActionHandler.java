package io.collimator.dicom.service;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.DicomAssociation.NResponse;

/** Answers N-ACTION (PS3.7 §10.1.4). */
@FunctionalInterface
public interface ActionHandler {

    /**
     * Handles the request; what it returns is written as the response.
     *
     * @throws DimseException for a failure status
     */
    NResponse handle(ActionRequest request);

    /**
     * A N-ACTION-RQ.
     *
     * @param actionTypeId 1 requests storage commitment
     */
    record ActionRequest(
            DicomAssociation association, Uid sopClass, Uid sopInstance, int actionTypeId, DataSet information) {}
}
