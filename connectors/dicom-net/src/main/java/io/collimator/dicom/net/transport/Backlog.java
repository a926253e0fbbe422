package io.collimator.dicom.net.transport;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the bytes that are on their way out, so that writers wait for a slow peer. Thread-safe. */
final class Backlog {

    /** Above this, writers wait. */
    static final int HIGH = 256 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long bytes;
    private boolean closed;

    void add(int count) {
        lock.lock();
        try {
            bytes += count;
        } finally {
            lock.unlock();
        }
    }

    void remove(int count) {
        lock.lock();
        try {
            bytes -= count;
            if (bytes <= HIGH) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isHigh() {
        lock.lock();
        try {
            return bytes > HIGH;
        } finally {
            lock.unlock();
        }
    }

    /** The connection is gone: nobody waits any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the backlog is not high; false when time is up or the connection is gone. */
    boolean awaitRoom(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (bytes > HIGH && !closed) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }
}
