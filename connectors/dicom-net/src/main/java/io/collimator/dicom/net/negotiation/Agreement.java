package io.collimator.dicom.net.negotiation;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.service.AssociationOptions;
import java.util.List;

/**
 * What both sides agreed on.
 *
 * @param maxPduLength longest P-DATA-TF content that we send, in bytes
 * @param declaredMaxPduLength longest P-DATA-TF content that we told the peer to send, in bytes
 * @param maxOperationsInvoked requests of ours that may be outstanding, at least 1
 * @param maxOperationsPerformed requests of the peer that may be outstanding, at least 1
 */
public record Agreement(
        AeTitle calling,
        AeTitle called,
        List<AcceptedContext> contexts,
        int maxPduLength,
        int declaredMaxPduLength,
        int maxOperationsInvoked,
        int maxOperationsPerformed,
        AssociationOptions options) {

    /** However much a peer takes, this much goes into one PDU. */
    static final int MAX_SENT_PDU_LENGTH = 262_144;

    public Agreement {
        contexts = List.copyOf(contexts);
    }

    /** What we send at most, given what the peer declared; 0 is no limit (PS3.8 Annex D.1). */
    static int sentPduLength(long declared) {
        return declared == 0 ? MAX_SENT_PDU_LENGTH : (int) Math.min(declared, MAX_SENT_PDU_LENGTH);
    }
}
