package io.collimator.dicom.service;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import org.jspecify.annotations.Nullable;

/** Answers N-CREATE (PS3.7 §10.1.5). */
@FunctionalInterface
public interface CreateHandler {

    /**
     * Handles the request; what it returns is written as the response.
     *
     * @throws DimseException for a failure status
     */
    NResponse handle(CreateRequest request);

    /**
     * A N-CREATE-RQ.
     *
     * @param sopInstance null when the SCU leaves the UID to us; the response must then carry one
     */
    record CreateRequest(
            DicomAssociation association,
            Uid sopClass,
            @Nullable Uid sopInstance,
            DataSet attributes) {}
}
