package io.collimator.persistence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Plain SQL in the session's transaction, for rows that come by the thousand and are no entities. What the session holds
 * back is written first.
 */
final class Sql {

    private static final int BATCH_SIZE = 1000;

    private final Session session;

    Sql(Session session) {
        this.session = session;
    }

    /** Reads a row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Sets the parameters of a statement for one row. */
    @FunctionalInterface
    interface RowWriter<T> {
        void write(PreparedStatement statement, T row) throws SQLException;
    }

    <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
        session.flush();
        return queryStored(sql, reader, parameters);
    }

    /** Like {@link #query} where what the session holds back is of no matter, so that it can go later and together. */
    <T> List<T> queryStored(String sql, RowReader<T> reader, Object... parameters) {
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                List<T> rows = new ArrayList<>();
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        rows.add(reader.read(result));
                    }
                }
                return rows;
            }
        });
    }

    /** Runs one statement; returns how many rows it changed. */
    int update(String sql, @Nullable Object... parameters) {
        session.flush();
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                return statement.executeUpdate();
            }
        });
    }

    /** Runs the statement for each row; returns the rows that it changed nothing for. */
    <T> List<T> batch(String sql, Collection<T> rows, RowWriter<T> writer) {
        if (rows.isEmpty()) {
            return List.of();
        }
        session.flush();
        return session.doReturningWork(connection -> {
            List<T> unchanged = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                List<T> pending = new ArrayList<>();
                for (T row : rows) {
                    writer.write(statement, row);
                    statement.addBatch();
                    pending.add(row);
                    if (pending.size() == BATCH_SIZE) {
                        unchanged.addAll(execute(statement, pending));
                        pending.clear();
                    }
                }
                unchanged.addAll(execute(statement, pending));
            }
            return unchanged;
        });
    }

    private static <T> List<T> execute(PreparedStatement statement, List<T> rows) throws SQLException {
        List<T> unchanged = new ArrayList<>();
        if (!rows.isEmpty()) {
            int[] counts = statement.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 0) {
                    unchanged.add(rows.get(i));
                }
            }
        }
        return unchanged;
    }
}
