package io.collimator.persistence;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How often and after which pause a write that lost a race runs again. Pauses double and are jittered, so that two that
 * met once do not meet again.
 *
 * @param attempts 1 or more
 * @param firstPause longest pause before the second attempt
 * @param random 0 (included) to 1
 */
record WriteRetry(int attempts, Duration firstPause, DoubleSupplier random, Sleeper sleeper) {

    /** Puts a thread to sleep. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration pause) throws InterruptedException;
    }

    /** Five attempts; pauses up to 20, 40, 80 and 160 ms. */
    static WriteRetry standard() {
        return new WriteRetry(
                5,
                Duration.ofMillis(20),
                () -> ThreadLocalRandom.current().nextDouble(),
                pause -> Thread.sleep(pause.toMillis()));
    }

    /** Waits before the next attempt after this one, which counts from 1; false when the thread was interrupted. */
    boolean pauseAfter(int attempt) {
        long longest = firstPause.toMillis() << (attempt - 1);
        try {
            sleeper.sleep(Duration.ofMillis(Math.round(longest * (0.5 + random.getAsDouble() / 2))));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
