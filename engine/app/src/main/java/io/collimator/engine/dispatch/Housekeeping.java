package io.collimator.engine.dispatch;

import io.collimator.engine.messaging.DeadLetterWatch;
import io.collimator.workflow.usecase.CustodyContext;
import io.collimator.workflow.usecase.RaiseUnmatchedCommitments;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Twice a minute: tells of unmatched commitment requests, and looks through the dead letters. Once an hour: forgets what is
 * finished and older than it is kept.
 */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int BATCH = 500;
    private static final Duration FIRST_ROUND = Duration.ofMinutes(1);

    private final RaiseUnmatchedCommitments raiseUnmatched;
    private final DeadLetterWatch deadLetters;
    private final Forgetting forgetting;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private @Nullable ScheduledFuture<?> timer;

    Housekeeping(CustodyContext context, DeadLetterWatch deadLetters, Forgetting forgetting) {
        this.raiseUnmatched = new RaiseUnmatchedCommitments(context);
        this.deadLetters = deadLetters;
        this.forgetting = forgetting;
        this.clock = context.clock();
        this.scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "housekeeping");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        timer = scheduler.scheduleWithFixedDelay(this::run, 1, 30, TimeUnit.SECONDS);
        forgetAfter(FIRST_ROUND);
    }

    private void forgetAfter(Duration pause) {
        ScheduledFuture<?> unused = scheduler.schedule(this::forget, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        alone("looking through the dead letters", deadLetters::scan);
        alone("telling of unmatched commitments", () -> raiseUnmatched.raise(clock.instant(), BATCH));
    }

    /** One that fails keeps none of the others from its turn. */
    private static void alone(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("Housekeeping failed at {} and is tried again in half a minute", what, e);
        }
    }

    /** A batch and then a pause: whatever else is to be done comes between. */
    private void forget() {
        Duration pause = Forgetting.BETWEEN_ROUNDS;
        try {
            pause = forgetting.step();
        } finally {
            if (!scheduler.isShutdown()) {
                forgetAfter(pause);
            }
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
        scheduler.shutdownNow();
    }
}
