package io.collimator.camel.dicom;

import io.collimator.dicom.data.AeTitle;
import java.util.Optional;

/**
 * Where registered peers are reached. Bound once in Camel's registry by whoever knows the peers; addresses come from
 * there alone, never from what a peer said about itself.
 */
@FunctionalInterface
public interface PeerDirectory {

    /** The address of a registered peer. */
    Optional<PeerAddress> find(AeTitle aeTitle);

    /**
     * A peer's address.
     *
     * @param host host name or address
     * @param port 1 to 65535
     */
    record PeerAddress(String host, int port) {}
}
