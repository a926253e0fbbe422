package io.collimator.persistence;

import io.collimator.dicom.data.DataSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.flywaydb.core.api.migration.Context;

/**
 * V7: the names that queries look for are folded by new rules, under which only accents fall away and syllables of Hangul
 * stay whole. Names in ASCII are the same under both.
 */
final class NamesFoldedAgain extends DataMigration {

    NamesFoldedAgain() {
        super("7", "names folded again");
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        Set<Long> steps = stepsWithForeignLetters(connection);
        try (PreparedStatement entry = connection.prepareStatement("SELECT data_set FROM scheduled_step WHERE id = ?");
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM scheduled_step_name WHERE step_id = ?");
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO scheduled_step_name (step_id, name) VALUES (?, ?)")) {
            for (long step : steps) {
                Set<String> names = names(entry, step);
                delete.setLong(1, step);
                delete.executeUpdate();
                for (String name : names) {
                    insert.setLong(1, step);
                    insert.setString(2, name);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    private static Set<Long> stepsWithForeignLetters(Connection connection) throws SQLException {
        Set<Long> steps = new LinkedHashSet<>();
        read(connection, "SELECT step_id, name FROM scheduled_step_name", row -> {
            if (row.getString(2).chars().anyMatch(c -> c > 0x7F)) {
                steps.add(row.getLong(1));
            }
        });
        return steps;
    }

    private static Set<String> names(PreparedStatement entry, long step) throws SQLException {
        entry.setLong(1, step);
        try (ResultSet rows = entry.executeQuery()) {
            DataSet dataSet = rows.next() ? DataSetColumn.decode(rows.getBytes(1)) : DataSet.empty();
            return WorklistColumns.of(dataSet).names();
        }
    }
}
