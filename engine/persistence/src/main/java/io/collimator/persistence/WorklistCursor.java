package io.collimator.persistence;

import io.collimator.dicom.data.DataSet;
import io.collimator.workflow.worklist.EntryReader;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import io.collimator.workflow.worklist.StoredEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the entries of a worklist query in one snapshot. A short list, which most are, costs one round trip; a long one is
 * read by a cursor in a read-only transaction, so that it never is in memory as a whole.
 */
final class WorklistCursor {

    /** Rows that come at once. */
    private static final int FETCH_ROWS = 200;

    private final WorklistSql sql;
    private final EntryReader reader;
    private final CancelWatch cancelWatch;

    WorklistCursor(WorklistSql sql, EntryReader reader, CancelWatch cancelWatch) {
        this.sql = sql;
        this.reader = reader;
        this.cancelWatch = cancelWatch;
    }

    /**
     * Reads until the reader has enough, or is cancelled, which is no error.
     *
     * @param alone nothing else is done in the transaction, so that none is needed for a short list
     */
    void read(Connection connection, boolean alone) throws SQLException {
        try {
            if (!alone || !readShortList(connection)) {
                readLongList(connection, alone);
            }
        } catch (SQLException e) {
            if (!reader.isCancelled()) {
                throw e;
            }
        }
    }

    /** Without a transaction, and so without a word to the database to end it; false when there is more than fits. */
    private boolean readShortList(Connection connection) throws SQLException {
        List<StoredEntry> entries;
        connection.setAutoCommit(true);
        try (PreparedStatement statement = sql.prepare(connection, FETCH_ROWS + 1)) {
            entries = all(statement);
        } finally {
            connection.setAutoCommit(false);
        }
        if (entries.size() > FETCH_ROWS) {
            return false;
        }
        for (StoredEntry entry : entries) {
            if (!reader.take(entry)) {
                break;
            }
        }
        return true;
    }

    private List<StoredEntry> all(PreparedStatement statement) throws SQLException {
        List<StoredEntry> entries = new ArrayList<>();
        try (CancelWatch.Watch watch = cancelWatch.watch(statement, reader::isCancelled);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                entries.add(entry(rows));
            }
        }
        return entries;
    }

    private void readLongList(Connection connection, boolean alone) throws SQLException {
        if (alone) {
            connection.setReadOnly(true);
        }
        try (PreparedStatement statement = sql.prepare(connection, reader.maxEntries())) {
            statement.setFetchSize(FETCH_ROWS);
            try (CancelWatch.Watch watch = cancelWatch.watch(statement, reader::isCancelled);
                    ResultSet rows = statement.executeQuery()) {
                boolean wantsMore = true;
                while (wantsMore && rows.next()) {
                    wantsMore = reader.take(entry(rows));
                }
            }
        }
    }

    private static StoredEntry entry(ResultSet rows) throws SQLException {
        StepStatus status = StepStatus.valueOf(rows.getString(1));
        byte[] dataSet = rows.getBytes(2);
        return () -> decode(dataSet, status);
    }

    private static DataSet decode(byte[] dataSet, StepStatus status) {
        return ScheduledStep.withStatus(DataSetColumn.decode(dataSet), status);
    }
}
