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
    private final Set<SenderConnection> large = new LinkedHashSet<>();

    private final Set<SenderConnection> givingWay = new LinkedHashSet<>();
    private final Set<SenderConnection> waitingForShare = new LinkedHashSet<>();
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
    void hold(SenderConnection connection, int bytes) {
        List<SenderConnection> chosen;
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
        chosen.forEach(SenderConnection::giveUpFrame);
    }

    /** Its frame came to its end before it could give way. */
    synchronized void stays(SenderConnection connection) {
        givingWay.remove(connection);
    }

    /** A whole frame is kept, until {@link #release}. */
    synchronized void keep(int bytes) {
        used += bytes;
    }

    synchronized void release(int bytes) {
        used -= bytes;
    }

    private List<SenderConnection> choose() {
        long over = used - budget;
        for (SenderConnection one : givingWay) {
            over -= one.held();
        }
        List<SenderConnection> chosen = new ArrayList<>();
        while (over > 0 && givingWay.size() < large.size()) {
            SenderConnection largest = large.stream()
                    .filter(one -> !givingWay.contains(one))
                    .max(Comparator.comparingInt(SenderConnection::held))
                    .orElseThrow();
            givingWay.add(largest);
            chosen.add(largest);
            over -= largest.held();
        }
        return chosen;
    }

    /**
     * Whether a message may be processed now. One that may not is told by {@link SenderConnection#goOn} when to ask again; of one
     * that may, the caller says when it is {@link #end over}.
     */
    synchronized boolean begin(SenderConnection connection, int bytes) {
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
        List<SenderConnection> next;
        synchronized (this) {
            underWay -= bytes;
            next = List.copyOf(waitingForShare);
            waitingForShare.clear();
        }
        next.forEach(SenderConnection::goOn);
    }
}
