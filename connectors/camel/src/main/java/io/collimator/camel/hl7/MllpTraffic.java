package io.collimator.camel.hl7;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What is open and under way over all MLLP connections. Thread-safe. */
final class MllpTraffic {

    private final int maxConnections;
    private int connections;
    private int underWay;
    private boolean draining;

    MllpTraffic(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    /** Whether one more connection may stay open; the caller says when it ends. */
    synchronized boolean connect() {
        if (draining || connections >= maxConnections) {
            return false;
        }
        connections++;
        return true;
    }

    synchronized void disconnect() {
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
