package io.collimator.dicom.service;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;

/** Answers C-FIND (PS3.7 §9.1.2). */
@FunctionalInterface
public interface FindHandler {

    /**
     * Starts the search. The provider pulls match after match, one network write at a time, and closes the matches in
     * the end, also after a cancel or an abort.
     *
     * @throws DimseException for a final failure status such as A900H
     */
    Matches find(FindRequest request);

    /**
     * A C-FIND-RQ.
     *
     * @param identifier the keys; decoded to Unicode
     * @param cancellation turns true once the peer sent C-CANCEL or is gone
     */
    record FindRequest(
            DicomAssociation association, Uid sopClass, int messageId, DataSet identifier, Cancellation cancellation) {}
}
