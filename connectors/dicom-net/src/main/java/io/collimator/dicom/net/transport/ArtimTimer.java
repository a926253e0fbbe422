package io.collimator.dicom.net.transport;

import io.collimator.dicom.net.transport.Timers.Timer;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The ARTIM timer of one connection (PS3.8 §9.1.5). Not thread-safe: owned by one event loop, on which it also expires. */
final class ArtimTimer {

    private final Timers timers;
    private final Executor eventLoop;
    private final Runnable whenExpired;

    private @Nullable Timer timer;
    private int starts;

    ArtimTimer(Timers timers, Executor eventLoop, Runnable whenExpired) {
        this.timers = timers;
        this.eventLoop = eventLoop;
        this.whenExpired = whenExpired;
    }

    /** Starts, or starts anew. */
    void start(Duration time) {
        stop();
        int started = starts;
        timer = timers.schedule(time, () -> eventLoop.execute(() -> expire(started)));
    }

    void stop() {
        starts++;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** An expiry that was under way when the timer was stopped counts no more. */
    private void expire(int started) {
        if (started == starts) {
            whenExpired.run();
        }
    }
}
