package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.AeTitle;
import java.util.HashMap;
import java.util.Map;
import org.dcm4che3.net.Association;

/** The places for associations of a listener. Thread-safe. */
final class Places {

    /** What became of an attempt to take a place. */
    enum Attempt {
        TAKEN,
        /** As many associations are open as the listener allows. */
        FULL,
        /** As many associations of this peer are open as it is allowed. */
        FULL_FOR_PEER
    }

    private final int max;
    private final Map<Association, AeTitle> taken = new HashMap<>();
    private boolean closed;

    Places(int max) {
        this.max = max;
    }

    synchronized Attempt take(Association association, AeTitle calling, int maxOfPeer) {
        if (closed || taken.size() >= max) {
            return Attempt.FULL;
        } else if (taken.values().stream().filter(calling::equals).count() >= maxOfPeer) {
            return Attempt.FULL_FOR_PEER;
        }
        taken.put(association, calling);
        return Attempt.TAKEN;
    }

    synchronized void leave(Association association) {
        taken.remove(association);
    }

    /** Nobody gets one any more. */
    synchronized void close() {
        closed = true;
    }

    synchronized int count() {
        return taken.size();
    }
}
