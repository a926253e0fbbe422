package io.collimator.dicom.net;

import java.time.Duration;
import java.util.Random;

/**
 * How long a fuzzer runs and from which seed on: {@code -Dfuzz.seconds=120} gives each so long, {@code -Dfuzz.seed=} replays
 * from the seed that a failure names. The usual seconds start at the same seed each time, longer runs at a new one.
 */
final class FuzzSeeds {

    private static final int USUAL_SECONDS = 2;
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", USUAL_SECONDS);
    private static final long FIRST = Long.getLong(
            "fuzz.seed", SECONDS == USUAL_SECONDS ? 20_261_122L : new Random().nextLong(Long.MAX_VALUE / 2));

    private final long start = System.nanoTime();
    private long next = FIRST;

    /** Whether there is time for one more; there is for the first. */
    boolean hasNext() {
        return next == FIRST
                || System.nanoTime() - start < Duration.ofSeconds(SECONDS).toNanos();
    }

    long next() {
        return next++;
    }

    /** Seeds taken. */
    long count() {
        return next - FIRST;
    }

    /** For a report: {@code 5000 inputs from -Dfuzz.seed=20261122 on, 2500 a second}. */
    @Override
    public String toString() {
        double seconds = (System.nanoTime() - start) / 1e9;
        return "%d inputs from -Dfuzz.seed=%d on, %.0f a second".formatted(count(), FIRST, count() / seconds);
    }
}
