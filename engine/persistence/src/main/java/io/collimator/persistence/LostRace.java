package io.collimator.persistence;

import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells failures that come from another transaction, and pass, from those that come from the store. */
final class LostRace {

    private static final Set<String> STATES = Set.of(
            "23505", // unique key, both databases
            "40001", // serialization failure; H2: deadlock
            "40P01", // PostgreSQL: deadlock
            "55P03", // PostgreSQL: lock_timeout
            "HYT00", // H2: LOCK_TIMEOUT
            "90131"); // H2: row changed meanwhile

    private static final int MAX_CAUSES = 20;

    private LostRace() {}

    static boolean isCauseOf(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null && STATES.contains(sql.getSQLState())) {
                return true;
            }
            if (cause instanceof OptimisticLockException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
