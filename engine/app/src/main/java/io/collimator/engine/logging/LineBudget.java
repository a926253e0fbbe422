package io.collimator.engine.logging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * At most so many lines a minute, or in another period, about something that others may cause without end; what is left out is counted and told by the
 * next line. Thread-safe.
 */
public final class LineBudget {

    private final int max;
    private final Duration period;
    private final Clock clock;
    private Instant begun = Instant.MIN;
    private int written;
    private long leftOut;

    /** @param max lines a minute, from 1 */
    public LineBudget(int max, Clock clock) {
        this(max, Duration.ofMinutes(1), clock);
    }

    /** @param max lines a period, from 1 */
    public LineBudget(int max, Duration period, Clock clock) {
        this.max = max;
        this.period = period;
        this.clock = clock;
    }

    /** What to put at the end of a line, usually nothing; empty when the line must not be written. */
    public synchronized Optional<String> next() {
        Instant now = clock.instant();
        // a clock that was put back begins a period too
        if (now.isBefore(begun) || !now.isBefore(begun.plus(period))) {
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
