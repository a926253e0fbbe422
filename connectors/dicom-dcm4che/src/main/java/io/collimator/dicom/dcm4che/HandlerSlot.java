package io.collimator.dicom.dcm4che;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One of the handler threads, held waiting while another thread does the work: dcm4che lets a data set be read on no thread
 * but its own, and the bound on handlers must hold all the same.
 */
final class HandlerSlot implements AutoCloseable {

    private static final long LOOK_AROUND_MILLIS = 500;

    private final CountDownLatch granted = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final boolean taken;

    private HandlerSlot(boolean taken) {
        this.taken = taken;
    }

    /** Waits for a slot in the queue of the pool; not taken when that is full. */
    static HandlerSlot of(ThreadPoolExecutor handlerThreads) throws IOException {
        HandlerSlot slot = new HandlerSlot(true);
        try {
            handlerThreads.execute(slot::hold);
            slot.awaitGranted(handlerThreads);
            return slot;
        } catch (RejectedExecutionException allThreadsAndPlacesTaken) {
            return new HandlerSlot(false);
        }
    }

    boolean isTaken() {
        return taken;
    }

    private void hold() {
        granted.countDown();
        try {
            released.await();
        } catch (InterruptedException poolIsClosing) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitGranted(ThreadPoolExecutor handlerThreads) throws IOException {
        try {
            while (!granted.await(LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS)) {
                if (handlerThreads.isTerminated()) {
                    throw new IOException("The listener is closed.");
                }
            }
        } catch (InterruptedException e) {
            released.countDown();
            Thread.currentThread().interrupt();
            throw new IOException("The thread that reads from the peer was interrupted.", e);
        }
    }

    @Override
    public void close() {
        released.countDown();
    }
}
