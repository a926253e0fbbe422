package io.collimator.engine.metrics;

import io.collimator.workflow.port.StorageException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many steps the worklist hides because they are old. Counting reads many rows, so that a look serves for a minute. */
final class HiddenStepsGauge {

    private static final Logger LOG = LoggerFactory.getLogger(HiddenStepsGauge.class);
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final LongSupplier count;
    private OptionalLong last = OptionalLong.empty();
    private long lastAt;
    private boolean looked;

    HiddenStepsGauge(LongSupplier count) {
        this.count = count;
    }

    /** Empty when the database does not answer. */
    synchronized OptionalLong look() {
        if (!looked || System.nanoTime() - lastAt > FRESH.toNanos()) {
            last = ask();
            lastAt = System.nanoTime();
            looked = true;
        }
        return last;
    }

    private OptionalLong ask() {
        try {
            return OptionalLong.of(count.getAsLong());
        } catch (StorageException e) {
            LOG.debug("The steps that the worklist hides cannot be counted.", e);
            return OptionalLong.empty();
        }
    }
}
