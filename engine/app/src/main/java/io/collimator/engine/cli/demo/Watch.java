package io.collimator.engine.cli.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks again and again until something is there or the time is over. */
final class Watch {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 25;

    private Watch() {}

    /**
     * What the look finds.
     *
     * @param expected what is waited for, for people
     * @throws DemoFailedException when it is not there in time
     */
    static <T> T until(String expected, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > deadline) {
                throw new DemoFailedException("%s was not seen within %d s.".formatted(expected, PATIENCE.toSeconds()));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailedException("The demo was interrupted.", e);
        }
    }
}
