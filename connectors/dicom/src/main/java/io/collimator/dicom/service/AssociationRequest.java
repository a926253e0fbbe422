package io.collimator.dicom.service;

import io.collimator.dicom.data.AeTitle;
import java.util.List;

/**
 * An association to open.
 *
 * @param handlers what answers requests of the peer on this association, for instance N-EVENT-REPORT of a commitment
 */
public record AssociationRequest(
        AeTitle calling,
        AeTitle called,
        String host,
        int port,
        List<PresentationContextProposal> contexts,
        ServiceHandlers handlers,
        DicomLimits limits) {

    public AssociationRequest {
        contexts = List.copyOf(contexts);
    }
}
