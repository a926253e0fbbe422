package io.collimator.simulators;

import io.collimator.dicom.data.AeTitle;

/**
 * Where a simulator finds an application entity.
 *
 * @param host name or address
 * @param port 1 to 65535
 */
public record PeerAddress(AeTitle aeTitle, String host, int port) {

    /** The address that every simulator binds to: a simulator is nobody's business outside this machine. */
    public static final String LOOPBACK = "127.0.0.1";

    public static PeerAddress loopback(AeTitle aeTitle, int port) {
        return new PeerAddress(aeTitle, LOOPBACK, port);
    }
}
