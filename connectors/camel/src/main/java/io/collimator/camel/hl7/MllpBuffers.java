package io.collimator.camel.hl7;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One budget of bytes for what all MLLP connections hold: frames whose end has not come, and messages until they are
 * answered. When it is used up the largest unfinished frame gives way, so that small messages get through. Thread-safe.
 */
final class MllpBuffers {

    /** An unfinished frame of no more bytes never gives way. */
    static final int SMALL = 65_536;

    /** A message of more bytes takes a share of the budget for being processed, which needs several times its size. */
    private static final int LARGE_MESSAGE = 1 << 20;

    private final long budget;
    /** In the order in which they became more than small. */
    private final Set<MllpConnection> large = new LinkedHashSet<>();

    private final Set<MllpConnection> givingWay = new LinkedHashSet<>();
    private final Set<MllpConnection> waitingForShare = new LinkedHashSet<>();
    private long used;
    private long underWay;

    /** @param budget bytes */
    MllpBuffers(long budget) {
        this.budget = budget;
    }

    /** Bytes that are held. */
    synchronized long used() {
        return used;
    }

    /** A connection that waits for an answer of ours should not be read meanwhile. */
    synchronized boolean isUsedUp() {
        return used >= budget;
    }

    /** What a connection holds of a frame whose end has not come; 0 for none. */
    void hold(MllpConnection connection, int bytes) {
        List<MllpConnection> chosen;
        synchronized (this) {
            used += bytes - connection.held();
            connection.setHeld(bytes);
            if (bytes > SMALL) {
                large.add(connection);
            } else {
                large.remove(connection);
                givingWay.remove(connection);
            }
            chosen = choose();
        }
        chosen.forEach(MllpConnection::giveUpFrame);
    }

    /** Its frame came to its end before it could give way. */
    synchronized void stays(MllpConnection connection) {
        givingWay.remove(connection);
    }

    /** A whole frame is kept, until {@link #release}. */
    synchronized void keep(int bytes) {
        used += bytes;
    }

    synchronized void release(int bytes) {
        used -= bytes;
    }

    private List<MllpConnection> choose() {
        long over = used - budget;
        for (MllpConnection one : givingWay) {
            over -= one.held();
        }
        List<MllpConnection> chosen = new ArrayList<>();
        while (over > 0 && givingWay.size() < large.size()) {
            MllpConnection largest = large.stream()
                    .filter(one -> !givingWay.contains(one))
                    .max(Comparator.comparingInt(MllpConnection::held))
                    .orElseThrow();
            givingWay.add(largest);
            chosen.add(largest);
            over -= largest.held();
        }
        return chosen;
    }

    /**
     * Whether a message may be processed now. One that may not is told by {@link MllpConnection#goOn} when to ask again; of one
     * that may, the caller says when it is {@link #end over}.
     */
    synchronized boolean begin(MllpConnection connection, int bytes) {
        if (bytes <= LARGE_MESSAGE) {
            return true;
        }
        if (underWay > 0 && underWay + bytes > budget / 4) {
            waitingForShare.add(connection);
            return false;
        }
        underWay += bytes;
        return true;
    }

    void end(int bytes) {
        if (bytes <= LARGE_MESSAGE) {
            return;
        }
        List<MllpConnection> next;
        synchronized (this) {
            underWay -= bytes;
            next = List.copyOf(waitingForShare);
            waitingForShare.clear();
        }
        next.forEach(MllpConnection::goOn);
    }
}
