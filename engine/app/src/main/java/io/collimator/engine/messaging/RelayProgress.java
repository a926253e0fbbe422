package io.collimator.engine.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the relay gets on, over all its runs. Thread-safe. */
final class RelayProgress {

    private static final Logger LOG = LoggerFactory.getLogger(RelayProgress.class);

    private final Clock clock;
    private final Duration limit;
    private @Nullable Instant failingSince;
    private long failingFrom;
    private String reason = "The relay has not reached the broker yet.";

    RelayProgress(Clock clock, Duration limit) {
        this.clock = clock;
        this.limit = limit;
        this.failingSince = clock.instant();
        this.failingFrom = System.nanoTime();
    }

    synchronized boolean isWorking() {
        return failingSince == null;
    }

    synchronized void worked() {
        if (failingSince != null) {
            LOG.info("The relay sends notices.");
            failingSince = null;
        }
    }

    /** Whether that is news. */
    boolean failed(String why) {
        return failed(why, Duration.ZERO);
    }

    /** @param before how long it has been so already */
    synchronized boolean failed(String why, Duration before) {
        boolean isNews = failingSince == null || !why.equals(reason);
        reason = why;
        if (failingSince == null) {
            failingSince = clock.instant().minus(before);
            failingFrom = System.nanoTime() - before.toNanos();
        }
        return isNews;
    }

    synchronized RelayStatus status() {
        return failingSince == null
                ? new RelayStatus(null, "", false)
                : new RelayStatus(failingSince, reason, System.nanoTime() - failingFrom >= limit.toNanos());
    }
}
