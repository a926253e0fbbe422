package io.collimator.engine.metrics;

import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What waits in the outbox. Anyone on this machine may ask, so that a look serves for a second. */
final class OutboxGauge {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxGauge.class);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Transactions transactions;
    private Optional<Waiting> last = Optional.empty();
    private long lastAt;
    private boolean looked;

    OutboxGauge(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Notices that are not sent.
     *
     * @param oldest when the first of them committed; null when there is none
     */
    record Waiting(long notices, @Nullable Instant oldest) {}

    /** Empty when the database does not answer. */
    synchronized Optional<Waiting> look() {
        if (!looked || System.nanoTime() - lastAt > FRESH.toNanos()) {
            last = ask();
            lastAt = System.nanoTime();
            looked = true;
        }
        return last;
    }

    private Optional<Waiting> ask() {
        try {
            return Optional.of(transactions.read(session -> {
                List<OutboxMessage> first = session.outbox().pending(1);
                return first.isEmpty()
                        ? new Waiting(0, null)
                        : new Waiting(
                                session.outbox().countPending(), first.get(0).at());
            }));
        } catch (StorageException e) {
            LOG.debug("The outbox cannot be counted.", e);
            return Optional.empty();
        }
    }
}
