package io.collimator.engine.intake;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.config.ApplicationEntity.Fallback;
import io.collimator.engine.intake.AnswerFallback.PeerText;
import java.util.List;
import java.util.Optional;

/** In which character set a peer is answered. */
final class PeerCharacterSet {

    private final ApplicationEntities peers;

    PeerCharacterSet(ApplicationEntities peers) {
        this.peers = peers;
    }

    /** What the registry says of the peer, else what its request declares; ASCII when it declares nothing. */
    PeerText of(AeTitle peer, DataSet request) {
        Optional<ApplicationEntity> registered = peers.find(peer);
        SpecificCharacterSet set = registered
                .map(ApplicationEntity::characterSet)
                .filter(terms -> !terms.isEmpty())
                .map(terms -> SpecificCharacterSet.of(List.of(terms.split("\\\\", -1))))
                .orElseGet(() -> SpecificCharacterSet.of(request));
        return new PeerText(set, registered.map(ApplicationEntity::fallback).orElse(Fallback.UTF8));
    }

    /** As it is registered: the case in which a peer writes its title may not count. */
    AeTitle titleOf(AeTitle peer) {
        return peers.find(peer).map(ApplicationEntity::title).orElse(peer);
    }
}
