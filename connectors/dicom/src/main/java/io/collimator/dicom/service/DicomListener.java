package io.collimator.dicom.service;

import java.net.InetSocketAddress;

/** A bound listener. */
public interface DicomListener extends AutoCloseable {

    /** The bound address, with the real port when port 0 was asked for. */
    InetSocketAddress address();

    /** Open associations, negotiated ones only. */
    int associations();

    /** Stops accepting, lets handlers in flight answer within the drain time-out, then closes what is left. */
    @Override
    void close();
}
