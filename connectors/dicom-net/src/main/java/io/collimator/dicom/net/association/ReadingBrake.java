package io.collimator.dicom.net.association;

import java.util.HashSet;
import java.util.Set;

/** Stops reading from the peer as long as there is a reason to. Thread-safe. */
final class ReadingBrake {

    /** Reasons of the association as a whole; whoever holds bytes of the peer is a reason of its own. */
    enum Reason {
        /** Requests of the peer wait to be answered. */
        REQUESTS,
        /** The association is about to be closed. */
        CLOSING
    }

    private final Link link;
    private final Set<Object> reasons = new HashSet<>();

    ReadingBrake(Link link) {
        this.link = link;
    }

    synchronized void set(Object reason, boolean on) {
        boolean changed = on ? reasons.add(reason) : reasons.remove(reason);
        if (changed) {
            link.holdReading(!reasons.isEmpty());
        }
    }
}
