package io.collimator.dicom.service;

import io.collimator.dicom.data.AeTitle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An association to open.
 *
 * @param handlers what answers requests of the peer on this association, for instance N-EVENT-REPORT of a commitment
 * @param options extended negotiation that is proposed
 * @param user whom the peer is told about, null: nobody
 */
public record AssociationRequest(
        AeTitle calling,
        AeTitle called,
        String host,
        int port,
        List<PresentationContextProposal> contexts,
        ServiceHandlers handlers,
        DicomLimits limits,
        AssociationOptions options,
        @Nullable UserIdentity user) {

    public AssociationRequest {
        contexts = List.copyOf(contexts);
    }

    /** Without extended negotiation and user. */
    public AssociationRequest(
            AeTitle calling,
            AeTitle called,
            String host,
            int port,
            List<PresentationContextProposal> contexts,
            ServiceHandlers handlers,
            DicomLimits limits) {
        this(calling, called, host, port, contexts, handlers, limits, AssociationOptions.none(), null);
    }
}
