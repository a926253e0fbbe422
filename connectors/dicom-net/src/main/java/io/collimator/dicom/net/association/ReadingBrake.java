package io.collimator.dicom.net.association;

import java.util.EnumSet;
import java.util.Set;

/** Stops reading from the peer as long as there is a reason to. Thread-safe. */
final class ReadingBrake {

    enum Reason {
        /** Requests of the peer wait to be answered. */
        REQUESTS,
        /** Responses of the peer wait to be taken. */
        RESPONSES,
        /** The association is about to be closed. */
        CLOSING
    }

    private final Link link;
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

    ReadingBrake(Link link) {
        this.link = link;
    }

    synchronized void set(Reason reason, boolean on) {
        boolean changed = on ? reasons.add(reason) : reasons.remove(reason);
        if (changed) {
            link.holdReading(!reasons.isEmpty());
        }
    }
}
