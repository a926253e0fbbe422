package io.collimator.dicom.net.transport;

import io.collimator.dicom.net.transport.Timers.Timer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that an association has no traffic and no work. It looks four times in the idle time, so that traffic costs no
 * timer; it fires after one to one and a quarter idle times. Not thread-safe: owned by one event loop.
 */
final class IdleWatch {

    private static final int LOOKS = 4;

    private final Timers timers;
    private final Executor eventLoop;
    private final Duration interval;
    private final BooleanSupplier busy;
    private final Runnable whenIdle;

    private @Nullable Timer timer;
    private boolean traffic;
    private int silentLooks;
    private boolean stopped;

    IdleWatch(Timers timers, Executor eventLoop, Duration idle, BooleanSupplier busy, Runnable whenIdle) {
        this.timers = timers;
        this.eventLoop = eventLoop;
        this.interval = idle.dividedBy(LOOKS);
        this.busy = busy;
        this.whenIdle = whenIdle;
    }

    void start() {
        timer = timers.schedule(interval, () -> eventLoop.execute(this::look));
    }

    void onTraffic() {
        traffic = true;
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void look() {
        if (stopped) {
            return;
        }
        silentLooks = traffic || busy.getAsBoolean() ? 0 : silentLooks + 1;
        traffic = false;
        if (silentLooks >= LOOKS) {
            whenIdle.run();
        } else {
            start();
        }
    }
}
