package io.collimator.dicom.net.association;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.net.negotiation.Agreement;
import io.collimator.dicom.operation.AcceptedContexts;
import io.collimator.dicom.operation.PeerDataSets;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.ServiceHandlers;

/**
 * What an association is.
 *
 * @param id for logs
 * @param peer the other side's AE title, for logs
 * @param handlers what answers the peer's requests
 */
public record AssociationProfile(
        String id, AeTitle peer, Agreement agreement, ServiceHandlers handlers, DicomLimits limits) {

    AcceptedContexts contexts() {
        return new AcceptedContexts(peer, agreement.contexts());
    }

    PeerDataSets dataSets() {
        return new PeerDataSets(peer, limits.codec(), handlers.sloppiness());
    }

    /** How many requests of ours may be outstanding. */
    int maxOperationsInvoked() {
        return agreement.maxOperationsInvoked();
    }

    /** How many requests of the peer we answer at a time. */
    int maxOperationsPerformed() {
        return agreement.maxOperationsPerformed();
    }
}
