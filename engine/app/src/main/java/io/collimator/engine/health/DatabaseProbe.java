package io.collimator.engine.health;

import io.collimator.engine.console.HealthState;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database does the work of the use cases, on their way: it reads each time, and writes when it has not shown
 * for ten seconds that it can. One caller at a time.
 */
public final class DatabaseProbe implements Supplier<HealthState> {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseProbe.class);
    private static final Duration WRITE_COUNTS = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final Supplier<Optional<String>> trouble;
    private final String kind;
    private final Clock clock;
    private boolean written;
    private long writtenAt;

    /**
     * Makes it.
     *
     * @param trouble why nothing can be stored, where that is known without a try
     * @param kind as people name it, for instance {@code H2}
     */
    public DatabaseProbe(Transactions transactions, Supplier<Optional<String>> trouble, String kind, Clock clock) {
        this.transactions = transactions;
        this.trouble = trouble;
        this.kind = kind;
        this.clock = clock;
    }

    @Override
    public HealthState get() {
        Optional<String> known = trouble.get();
        if (known.isPresent()) {
            written = false;
            return HealthState.down(known.get());
        }
        try {
            var unused = transactions.read(session -> session.exceptions().list(null, 1));
        } catch (StorageException e) {
            LOG.debug("The database does not answer", e);
            written = false;
            return HealthState.down("The %s database does not answer a query; check that it runs and collimator.db.url."
                    .formatted(kind));
        }
        if (written && System.nanoTime() - writtenAt < WRITE_COUNTS.toNanos()) {
            return up();
        }
        try {
            transactions.run(session -> session.signOfLife(clock.instant()));
        } catch (StorageException e) {
            LOG.debug("The database takes no write", e);
            written = false;
            return HealthState.down(
                    "The %s database answers queries and takes no writes: orders get AR 207. Look for a full disk, a standby or a read-only file."
                            .formatted(kind));
        }
        written = true;
        writtenAt = System.nanoTime();
        return up();
    }

    private HealthState up() {
        return HealthState.up("The %s database answers and takes writes.".formatted(kind));
    }
}
