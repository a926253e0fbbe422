package io.collimator.dicom.service;

import io.collimator.dicom.data.AeTitle;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Told of each request for an association that a listener rejects, before the peer is. Must answer at once and must not throw. */
@FunctionalInterface
public interface RejectionReport {

    /** Why it is rejected. */
    enum Reason {
        /** Another application context than DICOM's. */
        APPLICATION_CONTEXT,
        /** The called AE title is not ours. */
        CALLED_TITLE,
        /** The calling AE title is not registered. */
        CALLING_TITLE,
        /** The calling AE title is registered for other hosts. */
        OTHER_HOST,
        USER_IDENTITY,
        /** As many associations are open as are allowed, of this peer or of all. */
        TOO_MANY
    }

    /**
     * An association is rejected.
     *
     * @param calling as it was sent, so that it may be anybody's; null when it cannot be one
     * @param from null when the connection is gone already
     */
    void rejected(Reason reason, @Nullable AeTitle calling, @Nullable InetAddress from);
}
