package io.collimator.engine.console;

import io.collimator.engine.console.HealthState.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part with what its probe last said. The probe runs aside: whoever asks gets an answer also while it hangs. */
final class ProbedPart {

    private static final Logger LOG = LoggerFactory.getLogger(ProbedPart.class);
    private static final Duration FRESH = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMillis(1_500);

    /** So long the last answer counts while the next one is awaited: a busy machine is no part that is down. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HealthPart part;
    private final ExecutorService threads;
    private final Clock clock;
    private @Nullable Future<HealthState> running;
    private long askedAt;
    private Instant askedTime = Instant.EPOCH;
    private @Nullable HealthState last;
    private @Nullable Instant levelSince;
    private volatile boolean wasDown;

    ProbedPart(HealthPart part, ExecutorService threads, Clock clock) {
        this.part = part;
        this.threads = threads;
        this.clock = clock;
    }

    String name() {
        return part.name();
    }

    /** Begins to ask, unless it was asked within a second or has not answered yet. */
    synchronized void ask() {
        if (running == null && (last == null || System.nanoTime() - askedAt > FRESH.toNanos())) {
            askedAt = System.nanoTime();
            askedTime = clock.instant();
            running = threads.submit(this::probe);
        }
    }

    private HealthState probe() {
        HealthState state;
        try {
            state = part.probe().get();
        } catch (RuntimeException e) {
            LOG.debug("The health of {} cannot be told", part.name(), e);
            state = HealthState.down(
                    "It does not answer (%s).".formatted(e.getClass().getSimpleName()));
        }
        log(state);
        return state;
    }

    /** Each change once, however often it is asked; one probe runs at a time. */
    private void log(HealthState state) {
        boolean isDown = state.level() == Level.DOWN;
        if (isDown && !wasDown) {
            LOG.warn("Health: {} is down. {}", part.name(), state.detail());
        } else if (wasDown && !isDown) {
            LOG.info("Health: {} is {} again. {}", part.name(), state.level(), state.detail());
        }
        wasDown = isDown;
    }

    /**
     * What it says, as far as it says it in time.
     *
     * @param deadline by {@link System#nanoTime()}
     */
    synchronized HealthState state(long deadline) {
        Future<HealthState> asked = running;
        if (asked != null) {
            try {
                // who asks again while it hangs does not wait again
                long end = Math.min(deadline - System.nanoTime(), askedAt + LONGEST.toNanos() - System.nanoTime());
                keep(asked.get(Math.max(0, end), TimeUnit.NANOSECONDS));
                running = null;
            } catch (TimeoutException e) {
                LOG.debug("{} has not answered yet", part.name(), e);
                if (last == null || System.nanoTime() - askedAt > PATIENCE.toNanos()) {
                    keep(HealthState.down("It has not answered since %s.".formatted(askedTime))
                            .since(askedTime));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                keep(HealthState.down("It was not waited for."));
            } catch (ExecutionException e) {
                throw new IllegalStateException("A probe keeps its exceptions.", e);
            }
        }
        HealthState known = last;
        if (known == null) {
            throw new IllegalStateException(part.name() + " was not asked.");
        }
        return known.since() == null ? known.since(levelSince) : known;
    }

    private void keep(HealthState state) {
        HealthState before = last;
        if (before == null || before.level() != state.level()) {
            levelSince = askedTime;
        }
        last = state;
    }
}
