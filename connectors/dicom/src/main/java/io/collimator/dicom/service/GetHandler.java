package io.collimator.dicom.service;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.Priority;

/** Answers C-GET (PS3.7 §9.1.3). */
@FunctionalInterface
public interface GetHandler {

    /**
     * Says what the peer gets. The provider sends instance after instance on the same association, counts, honours
     * C-CANCEL and closes them in the end.
     *
     * @throws DimseException for a final failure status such as A701H or A900H
     */
    StoredInstances get(GetRequest request);

    /**
     * A C-GET-RQ.
     *
     * @param identifier the keys; decoded to Unicode
     * @param cancellation turns true once the peer sent C-CANCEL or is gone
     */
    record GetRequest(
            DicomAssociation association,
            Uid sopClass,
            int messageId,
            Priority priority,
            DataSet identifier,
            Cancellation cancellation) {}
}
