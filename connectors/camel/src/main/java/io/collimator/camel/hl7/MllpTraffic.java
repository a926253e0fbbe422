package io.collimator.camel.hl7;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is open and under way over all MLLP connections. When there are too many connections, of all or of one host, the one
 * that has been idle longest gives way to the new one; one that has never sent a message before one that has. Thread-safe.
 */
final class MllpTraffic {

    /** Of senders that have ended their side, for each that may be open: what they sent is still processed. */
    private static final int ENDED_FOR_EACH_OPEN = 16;

    private final int maxConnections;
    private final int maxOfHost;
    private final MllpCrowding crowding;
    /** Those that count, by host; who has ended its side or gives way counts no more. */
    private final Map<String, Integer> hosts = new HashMap<>();

    private final Set<SenderConnection> counted = new LinkedHashSet<>();
    /** Idle since they came, in that order. */
    private final Set<SenderConnection> silent = new LinkedHashSet<>();
    /** Idle since their last message, in that order. */
    private final Set<SenderConnection> idle = new LinkedHashSet<>();

    private int connections;
    private int underWay;
    private boolean draining;

    /** @param maxOfHost most connections of one address */
    MllpTraffic(int maxConnections, int maxOfHost, MllpCrowding crowding) {
        this.maxConnections = maxConnections;
        this.maxOfHost = maxOfHost;
        this.crowding = crowding;
    }

    /** Whether one more connection may stay open; the caller says when it ends. It is idle. */
    boolean connect(SenderConnection connection) {
        boolean isFullOfHost;
        boolean isFull;
        SenderConnection leaving = null;
        synchronized (this) {
            isFullOfHost = hosts.getOrDefault(connection.host(), 0) >= maxOfHost;
            isFull = isFullOfHost || counted.size() >= maxConnections;
            if (draining || (connections - counted.size()) / ENDED_FOR_EACH_OPEN >= maxConnections) {
                return false;
            }
            if (isFull) {
                leaving = longestIdle(isFullOfHost ? connection.host() : null);
            }
            if (leaving != null) {
                discount(leaving);
            }
            if (!isFull || leaving != null) {
                connections++;
                count(connection);
                silent.add(connection);
            }
        }
        if (leaving != null) {
            crowding.gaveWay(leaving, connection);
            leaving.giveWay();
        } else if (isFull) {
            crowding.refused(connection, isFullOfHost);
        }
        return !isFull || leaving != null;
    }

    /** @param host null: of any */
    private @Nullable SenderConnection longestIdle(@Nullable String host) {
        return Stream.concat(silent.stream(), idle.stream())
                .filter(one -> host == null || one.host().equals(host))
                .findFirst()
                .orElse(null);
    }

    private void count(SenderConnection connection) {
        if (counted.add(connection)) {
            hosts.merge(connection.host(), 1, Integer::sum);
        }
    }

    private void discount(SenderConnection connection) {
        silent.remove(connection);
        idle.remove(connection);
        if (counted.remove(connection)) {
            hosts.computeIfPresent(connection.host(), (host, open) -> open > 1 ? open - 1 : null);
        }
    }

    /** A frame has begun, or an answer is owed. */
    synchronized void busy(SenderConnection connection) {
        silent.remove(connection);
        idle.remove(connection);
    }

    /** Nothing is under way or owed any more. */
    synchronized void idle(SenderConnection connection, boolean hasSpoken) {
        if (counted.contains(connection)) {
            (hasSpoken ? idle : silent).add(connection);
        }
    }

    /** It was to give way, and is not idle any more. */
    synchronized void stays(SenderConnection connection) {
        count(connection);
    }

    /** A sender has ended its side; its connection makes room for another one. */
    synchronized void ended(SenderConnection connection) {
        discount(connection);
    }

    synchronized void disconnect(SenderConnection connection) {
        discount(connection);
        connections--;
    }

    synchronized int connections() {
        return connections;
    }

    /** Whether a message may go to its route; the caller says when it is answered or given up. */
    synchronized boolean begin() {
        if (draining) {
            return false;
        }
        underWay++;
        return true;
    }

    synchronized void end() {
        underWay--;
        notifyAll();
    }

    /**
     * From now on nothing new is taken; waits until what is under way has been answered.
     *
     * @return whether all was answered in time
     */
    synchronized boolean drain(Duration timeout) throws InterruptedException {
        draining = true;
        long deadline = System.nanoTime() + timeout.toNanos();
        while (underWay > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
