package io.collimator.engine.intake;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.engine.config.ApplicationEntities;
import java.util.List;

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
                .map(terms -> SpecificCharacterSet.of(List.of(terms.split("\\\\", -1))))
                .orElseGet(() -> SpecificCharacterSet.of(request));
    }
}
