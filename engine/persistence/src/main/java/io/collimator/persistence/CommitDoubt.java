package io.collimator.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A commit of which the database warns is no receipt: PostgreSQL says so, and nothing else, when it has committed on its own disk
 * and was cancelled while it waited for the standby that should have it too. What was in such a commit can be seen from then on, so
 * that a repetition finds it and has nothing to write, and its commit nothing to wait for. Therefore every commit after one in
 * doubt writes, until one went well. Thread-safe.
 */
final class CommitDoubt {

    /** What is said by the way, such as a notice of PostgreSQL. */
    private static final String NO_WARNING = "00";

    /** Transaction resolution unknown: nobody runs such a unit of work again by itself. */
    private static final String RESOLUTION_UNKNOWN = "08007";

    /** Writes to the log of the database and to no table. */
    private static final String WRITE_SOMETHING = "SELECT pg_logical_emit_message(true, 'collimator', '')";

    private final AtomicBoolean inDoubt = new AtomicBoolean();

    /**
     * Sends what waits and commits.
     *
     * @throws SQLException also when the database warned
     */
    void commit(Connection connection, InsertPipeline pipeline) throws SQLException {
        boolean afterDoubt = inDoubt.get();
        if (afterDoubt) {
            pipeline.send();
            try (Statement statement = connection.createStatement()) {
                statement.execute(WRITE_SOMETHING);
            }
        }
        try {
            connection.clearWarnings();
            pipeline.sendAndCommit();
            connection.commit();
            failOn(connection.getWarnings());
        } catch (SQLException e) {
            if (!LostRace.isCauseOf(e)) {
                inDoubt.set(true);
            }
            throw e;
        }
        if (afterDoubt) {
            inDoubt.set(false);
        }
    }

    /** @throws SQLException when there is a warning */
    static void failOn(@Nullable SQLWarning first) throws SQLException {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            if (!String.valueOf(warning.getSQLState()).startsWith(NO_WARNING)) {
                throw new SQLException(
                        "The database committed with a warning, so that it is not known whether the commit will last: "
                                + warning.getMessage(),
                        RESOLUTION_UNKNOWN,
                        warning);
            }
        }
    }
}
