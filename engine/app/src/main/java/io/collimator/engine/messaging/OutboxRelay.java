package io.collimator.engine.messaging;

import io.collimator.engine.config.JmsSettings;
import io.collimator.workflow.port.Transactions;
import jakarta.jms.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what stands in the outbox to its queues, in the order in which it committed, and marks what was sent. One run at a time;
 * one that waits for an answer for longer than {@code collimator.relay.limit-seconds} is given up, and another begins on new
 * connections.
 *
 * <p>It may die between send and mark: then the notice is sent again, and the broker drops it by its id. When the broker
 * takes a notice for no reason whatsoever, that notice and all after it wait, and {@link #status} says so: overtaking would
 * tell the RIS a wrong state.
 */
public final class OutboxRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(2);
    private static final int LOOKS_PER_LIMIT = 10;

    /** Threads that hang in a call and are left behind; with so many no other run begins before one of them has ended. */
    private static final int MAX_LEFT_BEHIND = 3;

    private final Parts parts;
    private final RelaySignals signals = new RelaySignals();
    private final RelayProgress progress;
    private final ScheduledThreadPoolExecutor watch;
    private final List<RelayRun> leftBehind = new ArrayList<>();
    private @Nullable RelayRun current;

    /**
     * What the relay works with.
     *
     * @param name of its connection to the broker, the same for all of its runs and nobody else's
     */
    record Parts(
            Transactions transactions,
            ConnectionFactory connections,
            String name,
            JmsSettings.Relay settings,
            Clock clock) {}

    /** @param identity of this relay and nobody else's */
    public OutboxRelay(
            Transactions transactions,
            ConnectionFactory connections,
            UUID identity,
            JmsSettings.Relay settings,
            Clock clock) {
        this.parts = new Parts(transactions, connections, "collimator-relay-" + identity, settings, clock);
        this.progress = new RelayProgress(clock, settings.limit());
        this.watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "outbox-relay-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to send; once. */
    public synchronized void start() {
        begin();
        long pause = Math.max(1, parts.settings().limit().toMillis() / LOOKS_PER_LIMIT);
        Future<?> unused = watch.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Says that something committed; returns at once. */
    public void wake() {
        signals.wake();
    }

    /** Not working until it has reached broker and outbox for the first time. */
    public RelayStatus status() {
        return progress.status();
    }

    private void begin() {
        RelayRun run = new RelayRun(parts, progress, signals);
        current = run;
        run.start();
    }

    /** Gives up the run that hangs, and begins another one. */
    private synchronized void look() {
        leftBehind.removeIf(run -> !run.isAlive());
        RelayRun run = current;
        if (run != null && run.waiting().compareTo(parts.settings().limit()) >= 0) {
            run.abandon();
            leftBehind.add(run);
            current = null;
            if (progress.failed(
                    "The broker or the database has not answered the relay within %d s; it tries again on new connections."
                            .formatted(parts.settings().limit().toSeconds()),
                    run.waiting())) {
                LOG.warn("{}", progress.status().reason());
            }
        }
        if (current == null && leftBehind.size() < MAX_LEFT_BEHIND && !signals.isStopping()) {
            begin();
        }
    }

    /** Sends what is left, for 10 s at most; what is not sent then waits in the outbox for the next start. */
    @Override
    public void close() {
        signals.stop();
        watch.shutdownNow();
        RelayRun run;
        synchronized (this) {
            run = current;
        }
        try {
            if (run != null && !run.join(FLUSH_TIMEOUT)) {
                run.abandon();
                if (!run.join(INTERRUPT_TIMEOUT)) {
                    LOG.warn("The relay hangs in a call to the broker or the database and is left behind.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
