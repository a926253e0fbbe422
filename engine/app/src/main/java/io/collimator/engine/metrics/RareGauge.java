package io.collimator.engine.metrics;

import io.collimator.workflow.port.StorageException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A number that the database tells. Asking for it is dear, so that a look serves for a minute. */
final class RareGauge {

    private static final Logger LOG = LoggerFactory.getLogger(RareGauge.class);
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final LongSupplier count;
    private OptionalLong last = OptionalLong.empty();
    private long lastAt;
    private boolean looked;

    RareGauge(LongSupplier count) {
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
            LOG.debug("The database does not tell a number.", e);
            return OptionalLong.empty();
        }
    }
}
