package io.collimator.engine.logging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * At most so many lines a minute about something that others may cause without end; what is left out is counted and told by the
 * next line. Thread-safe.
 */
public final class LineBudget {

    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final int max;
    private final Clock clock;
    private Instant begun = Instant.MIN;
    private int written;
    private long leftOut;

    /** @param max lines a minute, from 1 */
    public LineBudget(int max, Clock clock) {
        this.max = max;
        this.clock = clock;
    }

    /** What to put at the end of a line, usually nothing; empty when the line must not be written. */
    public synchronized Optional<String> next() {
        Instant now = clock.instant();
        // a clock that was put back begins a minute too
        if (now.isBefore(begun) || !now.isBefore(begun.plus(PERIOD))) {
            begun = now;
            written = 0;
        }
        if (written >= max) {
            leftOut++;
            return Optional.empty();
        }
        written++;
        String more = leftOut == 0 ? "" : " %d more of the kind were not logged.".formatted(leftOut);
        leftOut = 0;
        return Optional.of(more);
    }
}
