package io.collimator.camel.dicom;

import io.collimator.dicom.data.AeTitle;

/** The peer of a producer; looked up at each request, so that a changed registry counts at once. */
record PeerTarget(AeTitle called, PeerDirectory peers) {

    DicomServer.Target resolve() {
        return peers.find(called)
                .map(address -> new DicomServer.Target(called, address))
                .orElseThrow(() -> new IllegalStateException(
                        "AE title %s has no address; register it with host and port in config/application-entities.yaml."
                                .formatted(called)));
    }
}
