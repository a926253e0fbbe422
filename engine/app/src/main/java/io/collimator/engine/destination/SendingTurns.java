package io.collimator.engine.destination;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who may send to one destination. While it takes messages everybody may. While nothing gets through one message at a time
 * is tried, each after a longer pause, and the others wait; the first that gets through lets all go on. Nobody sends while a
 * person has stopped it. Thread-safe.
 */
public final class SendingTurns implements AutoCloseable {

    /** So many messages in a row that were not taken are taken for a receiver that takes nothing. */
    private static final int REFUSALS_IN_A_ROW = 3;

    /** A turn that nobody has ended is over after this. */
    private static final Duration LONGEST_TURN = Duration.ofMinutes(15);

    private static final long LOOK_MILLIS = 1_000;

    private final Pauses pauses;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int failures;
    private boolean nothingGetsThrough;
    private long notBefore;
    private @Nullable String probe;
    private long probeSince;
    private boolean isPaused;
    private boolean isClosed;
    private @Nullable Instant lastThrough;
    private @Nullable Instant throughSince;

    public SendingTurns(Pauses pauses, Clock clock) {
        this.pauses = pauses;
        this.clock = clock;
    }

    /**
     * How long is waited before something is sent again.
     *
     * @param first after the first failure; doubled after each further one
     * @param longest between two attempts while nothing gets through
     */
    public record Pauses(Duration first, Duration longest) {

        /** @param failures so far, from 1 */
        Duration after(int failures) {
            return doubled(failures, longest);
        }

        /** Of one message that is kept aside, by how often it was not taken. */
        public Duration aside(int attempts) {
            return doubled(attempts, longest.multipliedBy(4));
        }

        private Duration doubled(int failures, Duration most) {
            Duration pause = first.multipliedBy(1L << Math.min(20, Math.max(0, failures - 1)));
            return pause.compareTo(most) < 0 ? pause : most;
        }
    }

    /**
     * Waits for a turn.
     *
     * @param message that is to be sent
     * @return whether it had to wait, so that what was known of the message may be outdated
     * @throws EngineStopsException when the engine stops meanwhile
     */
    public boolean take(String message) {
        boolean waited = false;
        lock.lock();
        try {
            while (isClosed || isPaused || (nothingGetsThrough && !isTurn())) {
                pass();
                waited = true;
            }
            if (nothingGetsThrough) {
                probe = message;
                probeSince = System.nanoTime();
            }
            return waited;
        } finally {
            lock.unlock();
        }
    }

    private boolean isTurn() {
        long now = System.nanoTime();
        boolean isFree = probe == null || now - probeSince > LONGEST_TURN.toNanos();
        return isFree && now - notBefore >= 0;
    }

    /** Waits a moment for something of ours that is not ready, such as the database. */
    public void rest() {
        lock.lock();
        try {
            long until = System.nanoTime() + pauses.first().toNanos();
            do {
                pass();
            } while (System.nanoTime() - until < 0);
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // both callers look again
    private void pass() {
        if (isClosed) {
            throw new EngineStopsException();
        }
        try {
            boolean unused = changed.await(
                    Math.min(LOOK_MILLIS, Math.max(1, pauses.first().toMillis() / 2)), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineStopsException();
        }
        if (isClosed) {
            throw new EngineStopsException();
        }
    }

    /** Something got through: the receiver accepted a message, or judged it. */
    public void gotThrough() {
        lock.lock();
        try {
            lastThrough = clock.instant();
            if (nothingGetsThrough || throughSince == null) {
                throughSince = lastThrough;
            }
            failures = 0;
            nothingGetsThrough = false;
            probe = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A message was not taken.
     *
     * @param isUnreachable whether there was no connection, which says enough of all the others
     */
    public void failed(String message, boolean isUnreachable) {
        lock.lock();
        try {
            if (nothingGetsThrough && !message.equals(probe)) {
                return; // it was under way already when the first of them failed
            }
            failures++;
            probe = null;
            if (isUnreachable || failures >= REFUSALS_IN_A_ROW) {
                nothingGetsThrough = true;
                notBefore = System.nanoTime() + pauses.after(failures).toNanos();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Who had a turn has done with the message, whatever became of it. */
    public void leave(String message) {
        lock.lock();
        try {
            if (message.equals(probe)) {
                probe = null;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Since when something that waits since this moment waits for no fault of the receiver's: others get through, and got
     * through after that moment. Empty when it is not so; what was before this process is not known.
     */
    public Optional<Instant> othersGetThrough(Instant waitingSince) {
        lock.lock();
        try {
            Instant last = lastThrough;
            Instant since = throughSince;
            if (nothingGetsThrough || last == null || since == null || !last.isAfter(waitingSince)) {
                return Optional.empty();
            }
            return Optional.of(since.isAfter(waitingSince) ? since : waitingSince);
        } finally {
            lock.unlock();
        }
    }

    /** A person lets nobody send, or everybody again. */
    public void pause(boolean paused) {
        lock.lock();
        try {
            isPaused = paused;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Tries now, however long the pause would be. */
    public void tryNow() {
        lock.lock();
        try {
            notBefore = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
