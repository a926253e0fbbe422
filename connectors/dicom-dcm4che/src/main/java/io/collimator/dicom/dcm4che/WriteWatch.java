package io.collimator.dicom.dcm4che;

import java.time.Duration;

/** Notices when a peer takes nothing of what is written to it: dcm4che writes without a time limit per byte. Thread-safe. */
final class WriteWatch {

    private final long patienceNanos;
    private int writers;
    private long lastProgress;

    WriteWatch(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    /** A write begins, or goes on. */
    synchronized void begin() {
        writers++;
        lastProgress = System.nanoTime();
    }

    /** A write ends, or waits for something else than the peer. */
    synchronized void end() {
        writers--;
        lastProgress = System.nanoTime();
    }

    synchronized boolean isStalled() {
        return writers > 0 && System.nanoTime() - lastProgress > patienceNanos;
    }
}
