package io.collimator.dicom.service;

import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import java.util.List;

/** Answers N-GET (PS3.7 §10.1.2). */
@FunctionalInterface
public interface NGetHandler {

    /**
     * Handles the request; what it returns is written as the response, its data set being the attribute list.
     *
     * @throws DimseException for a failure status such as 0112H
     */
    NResponse handle(NGetRequest request);

    /**
     * A N-GET-RQ.
     *
     * @param attributes what is asked for; empty asks for all
     */
    record NGetRequest(DicomAssociation association, Uid sopClass, Uid sopInstance, List<Tag> attributes) {

        public NGetRequest {
            attributes = List.copyOf(attributes);
        }
    }
}
