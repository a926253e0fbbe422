package io.collimator.engine.dispatch;

import io.collimator.engine.messaging.DeadLetterWatch;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.CustodyContext;
import io.collimator.workflow.usecase.RaiseUnmatchedCommitments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Twice a minute: tells of unmatched commitment requests, looks through the dead letters, and forgets messages, and what
 * stopped orders that never came, once they are older than they are kept.
 */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int BATCH = 500;

    private final Transactions transactions;
    private final RaiseUnmatchedCommitments raiseUnmatched;
    private final DeadLetterWatch deadLetters;
    private final Duration retention;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private @Nullable ScheduledFuture<?> timer;

    Housekeeping(CustodyContext context, DeadLetterWatch deadLetters, Duration retention) {
        this.transactions = context.transactions();
        this.raiseUnmatched = new RaiseUnmatchedCommitments(context);
        this.deadLetters = deadLetters;
        this.retention = retention;
        this.clock = context.clock();
        this.scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "housekeeping");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        timer = scheduler.scheduleWithFixedDelay(this::run, 1, 30, TimeUnit.SECONDS);
    }

    private void run() {
        alone("looking through the dead letters", deadLetters::scan);
        alone("telling of unmatched commitments", () -> raiseUnmatched.raise(clock.instant(), BATCH));
        alone(
                "forgetting messages",
                () -> forget((session, time) -> session.receivedMessages().removeBefore(time, BATCH)));
        alone(
                "forgetting early stops",
                () -> forget((session, time) -> session.earlyStops().removeBefore(time, BATCH)));
    }

    /** One that fails keeps none of the others from its turn. */
    private static void alone(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("Housekeeping failed at {} and is tried again in half a minute", what, e);
        }
    }

    private void forget(ToIntBiFunction<Session, Instant> removal) {
        int removed;
        do {
            removed = transactions
                    .write(session ->
                            removal.applyAsInt(session, clock.instant().minus(retention)))
                    .value();
        } while (removed == BATCH);
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
        scheduler.shutdownNow();
    }
}
