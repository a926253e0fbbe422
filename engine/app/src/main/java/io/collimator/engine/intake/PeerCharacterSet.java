package io.collimator.engine.intake;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.engine.config.ApplicationEntities;

/** In which character set a peer is answered. */
final class PeerCharacterSet {

    private final ApplicationEntities peers;

    PeerCharacterSet(ApplicationEntities peers) {
        this.peers = peers;
    }

    /** What the registry says of the peer, else what its request declares; ASCII when it declares nothing. */
    SpecificCharacterSet of(AeTitle peer, DataSet request) {
        return peers.find(peer)
                .map(entity -> entity.characterSet())
                .filter(term -> !term.isEmpty())
                .flatMap(SpecificCharacterSet::ofTerm)
                .orElseGet(() -> SpecificCharacterSet.of(request));
    }
}
