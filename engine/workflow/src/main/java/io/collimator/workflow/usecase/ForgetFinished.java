package io.collimator.workflow.usecase;

import io.collimator.workflow.port.Retention.Age;
import io.collimator.workflow.port.Retention.Batch;
import io.collimator.workflow.port.Retention.Kind;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Forgets what is finished and older than it is kept, a batch in a transaction. Thread-safe. */
public final class ForgetFinished {

    /** Rows that one batch looks at. */
    public static final int BATCH = 500;

    private final Transactions transactions;
    private final Clock clock;
    private final Map<Kind, Duration> keptFor;

    /**
     * Makes the use case.
     *
     * @param keptFor how long each kind is kept
     */
    public ForgetFinished(Transactions transactions, Clock clock, Map<Kind, Duration> keptFor) {
        Set<Kind> missing = EnumSet.allOf(Kind.class);
        missing.removeAll(keptFor.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("Nobody says how long %s are kept; name a time.".formatted(missing));
        }
        this.transactions = transactions;
        this.clock = clock;
        this.keptFor = Map.copyOf(keptFor);
    }

    /**
     * Forgets one batch.
     *
     * @param after where the batch before ended ({@link Batch#next()}), null to begin with the oldest
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now; nothing of it is forgotten then
     */
    public Batch next(Kind kind, @Nullable String after) {
        Instant now = clock.instant();
        Age age = new Age(now, now.minus(keptFor.get(kind)));
        return transactions
                .write(session -> session.retention().forget(kind, age, after, BATCH))
                .value();
    }
}
