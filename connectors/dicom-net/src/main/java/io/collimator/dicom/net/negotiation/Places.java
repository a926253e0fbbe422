package io.collimator.dicom.net.negotiation;

import io.collimator.dicom.data.AeTitle;

/** The places for associations of a listener. */
@FunctionalInterface
public interface Places {

    /** What became of an attempt to take a place. */
    enum Attempt {
        TAKEN,
        /** As many associations are open as the listener allows. */
        FULL,
        /** As many associations of this peer are open as it is allowed. */
        FULL_FOR_PEER
    }

    /**
     * Takes a place.
     *
     * @param maxOfPeer associations that the calling AE title may have
     */
    Attempt take(AeTitle calling, int maxOfPeer);
}
