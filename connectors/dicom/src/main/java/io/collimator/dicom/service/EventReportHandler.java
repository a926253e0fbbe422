package io.collimator.dicom.service;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.DicomAssociation.NResponse;

/** Answers N-EVENT-REPORT (PS3.7 §10.1.1). */
@FunctionalInterface
public interface EventReportHandler {

    /**
     * Handles the request; what it returns is written as the response.
     *
     * @throws DimseException for a failure status
     */
    NResponse handle(EventReportRequest request);

    /**
     * A N-EVENT-REPORT-RQ.
     *
     * @param eventTypeId 1 all committed, 2 failures exist
     */
    record EventReportRequest(
            DicomAssociation association, Uid sopClass, Uid sopInstance, int eventTypeId, DataSet information) {}
}
