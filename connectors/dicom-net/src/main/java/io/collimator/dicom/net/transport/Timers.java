package io.collimator.dicom.net.transport;

import java.time.Duration;

/** Runs tasks later: ARTIM and idle timers. An implementation may run them on any thread; they do not block. */
@FunctionalInterface
public interface Timers {

    /** Runs the task once, not before the delay is over. */
    Timer schedule(Duration delay, Runnable task);

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Timer {

        /** The task does not run any more, unless it has begun. */
        void cancel();
    }
}
