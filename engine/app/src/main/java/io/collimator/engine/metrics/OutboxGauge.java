package io.collimator.engine.metrics;

import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits in the outbox, counted by a thread and a connection of its own, so that neither a relay nor a database that hangs
 * holds up who asks. Anyone on this machine may ask, so that a look serves for a second.
 */
public final class OutboxGauge {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxGauge.class);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final Clock clock;
    private Waiting last;
    private long lastAt = System.nanoTime() - FRESH.toNanos();
    private @Nullable Future<?> counting;

    public OutboxGauge(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.last = new Waiting(0, null, clock.instant());
    }

    /**
     * Notices that are not sent.
     *
     * @param notices as last counted
     * @param oldest when the first of them committed; null when there is none
     * @param unknownSince null when that is so now; else when it was last known, since the outbox cannot be counted
     */
    public record Waiting(
            long notices,
            @Nullable Instant oldest,
            @Nullable Instant unknownSince) {

        public boolean isKnown() {
            return unknownSince == null;
        }
    }

    /** Answers within a second. */
    public Waiting look() {
        Future<?> count = countIfOld();
        if (count != null) {
            try {
                count.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                LOG.debug("The outbox is not counted yet.", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        synchronized (this) {
            boolean isOld =
                    System.nanoTime() - lastAt > FRESH.plus(LONGEST_WAIT).toNanos();
            return isOld && last.isKnown() ? unknown() : last;
        }
    }

    private synchronized @Nullable Future<?> countIfOld() {
        Future<?> running = counting;
        if (running != null && !running.isDone()) {
            return running;
        }
        if (System.nanoTime() - lastAt < FRESH.toNanos()) {
            return null;
        }
        FutureTask<?> task = new FutureTask<>(this::count, Boolean.TRUE);
        Thread thread = new Thread(task, "outbox-count");
        thread.setDaemon(true);
        thread.start();
        counting = task;
        return task;
    }

    private void count() {
        Waiting found;
        try {
            found = transactions.read(session -> {
                List<OutboxMessage> first = session.outbox().pending(1);
                return first.isEmpty()
                        ? new Waiting(0, null, null)
                        : new Waiting(
                                session.outbox().countPending(), first.get(0).at(), null);
            });
        } catch (StorageException e) {
            LOG.debug("The outbox cannot be counted.", e);
            synchronized (this) {
                last = unknown();
            }
            return;
        }
        synchronized (this) {
            last = found;
            lastAt = System.nanoTime();
        }
    }

    private Waiting unknown() {
        if (!last.isKnown()) {
            return last;
        }
        Instant known = clock.instant().minusNanos(System.nanoTime() - lastAt);
        return new Waiting(last.notices(), last.oldest(), known);
    }
}
