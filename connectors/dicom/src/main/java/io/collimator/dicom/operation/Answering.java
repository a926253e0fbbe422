package io.collimator.dicom.operation;

import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.ServiceHandlers;

/**
 * What answers the requests on an association.
 *
 * @param association what handlers are told that the request came on
 */
public record Answering(
        DicomAssociation association, ServiceHandlers handlers, PeerDataSets dataSets, AnswerChannel channel) {}
