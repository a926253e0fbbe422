package io.collimator.camel.hl7;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What is open and under way over all MLLP connections. Thread-safe. */
final class MllpTraffic {

    /** Of senders that have ended their side, for each that may be open: what they sent is still processed. */
    private static final int ENDED_FOR_EACH_OPEN = 16;

    private final int maxConnections;
    private int connections;
    private int ended;
    private int underWay;
    private boolean draining;

    MllpTraffic(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    /** Whether one more connection may stay open; the caller says when it ends. */
    synchronized boolean connect() {
        boolean isFull = connections - ended >= maxConnections || ended / ENDED_FOR_EACH_OPEN >= maxConnections;
        if (draining || isFull) {
            return false;
        }
        connections++;
        return true;
    }

    /** A sender has ended its side; its connection makes room for another one. */
    synchronized void ended() {
        ended++;
    }

    /** @param isEnded whether {@link #ended} was told of it */
    synchronized void disconnect(boolean isEnded) {
        connections--;
        ended -= isEnded ? 1 : 0;
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
