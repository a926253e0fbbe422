package io.collimator.persistence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Rows that a transaction inserts on one connection, held back so that they travel to PostgreSQL together: one round trip
 * instead of one for each table. They are sent before the next statement that could see them and before the commit, in the
 * order in which they were added, so that no statement sees anything else than without it. A row that is refused fails the
 * statement or commit that sends it.
 */
final class InsertPipeline {

    /** More than an order with several steps has. Few enough that statements of the same shape come again. */
    private static final int MAX_ROWS = 32;

    private static final Pattern DRAWING =
            Pattern.compile("\\s*select\\s+nextval\\s*\\('\\w+'\\)\\s*", Pattern.CASE_INSENSITIVE);

    private final Connection connection;
    private final List<Row> waiting = new ArrayList<>();

    InsertPipeline(Connection connection) {
        this.connection = connection;
    }

    /** A call that sets a parameter; its first argument is the parameter's index, from 1. */
    record Binding(Method setter, Object[] arguments) {

        void apply(PreparedStatement statement, int offset) throws SQLException {
            Object[] shifted = arguments.clone();
            shifted[0] = (Integer) arguments[0] + offset;
            try {
                setter.invoke(statement, shifted);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("The methods of java.sql are public.", e);
            } catch (InvocationTargetException e) {
                throw failureOf(e);
            }
        }
    }

    /**
     * One execution of an insert.
     *
     * @param bindings one for each parameter
     */
    record Row(String sql, List<Binding> bindings) {

        /** Every parameter is set, so that the last index is their number. */
        private int parameters() {
            return bindings.size();
        }
    }

    /** Whether a statement inserts exactly one row or fails, so that its count is known before it was executed. */
    static boolean takes(String sql) {
        String lower = sql.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("insert into ")
                && lower.contains(" values (")
                && lower.endsWith(")")
                && !lower.contains(" on conflict")
                && !lower.contains(" select ")
                && !lower.contains(";");
    }

    /**
     * Whether a statement only draws a number, for which rows need not be sent: it sees none. It must not send them either.
     * Hibernate draws numbers for the whole engine under one lock, and a row may have to wait for another transaction,
     * which may be about to draw one: the database does not see that deadlock.
     */
    static boolean drawsNumber(String sql) {
        return DRAWING.matcher(sql).matches();
    }

    void add(Row row) throws SQLException {
        waiting.add(row);
        if (waiting.size() == MAX_ROWS) {
            send();
        }
    }

    /** Rows of one statement; many of them go as the driver's own batch. */
    void addAll(List<Row> rows) throws SQLException {
        if (rows.size() < MAX_ROWS) {
            for (Row row : rows) {
                add(row);
            }
            return;
        }
        send();
        try (PreparedStatement batch = connection.prepareStatement(rows.get(0).sql())) {
            for (Row row : rows) {
                for (Binding binding : row.bindings()) {
                    binding.apply(batch, 0);
                }
                batch.addBatch();
            }
            batch.executeBatch();
        }
    }

    /** Sends what waits. */
    void send() throws SQLException {
        send("");
    }

    /**
     * Sends what waits and commits in the same round trip; the connection's own commit then has nothing left to do. Where
     * nothing waits it does nothing.
     *
     * @throws SQLException also when the database warned of the commit
     */
    void sendAndCommit() throws SQLException {
        send(";COMMIT");
    }

    private void send(String end) throws SQLException {
        if (waiting.isEmpty()) {
            return;
        }
        List<Row> rows = List.copyOf(waiting);
        waiting.clear();
        try (PreparedStatement together = connection.prepareStatement(
                String.join(";", rows.stream().map(Row::sql).toList()) + end)) {
            int offset = 0;
            for (Row row : rows) {
                for (Binding binding : row.bindings()) {
                    binding.apply(together, offset);
                }
                offset += row.parameters();
            }
            together.execute();
            if (!end.isEmpty()) {
                CommitDoubt.failOn(together.getWarnings());
            }
        }
    }

    /** The transaction was given up. */
    void forget() {
        waiting.clear();
    }

    /** What a reflective call failed with. */
    static SQLException failureOf(InvocationTargetException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof SQLException sql) {
            return sql;
        } else if (cause instanceof RuntimeException runtime) {
            throw runtime;
        } else if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("JDBC failed with a checked exception that is not its own.", failure);
    }
}
