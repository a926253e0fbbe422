package io.collimator.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Everything that stands under an accession goes with it when it gets another number. */
class RenamedAccessionIT {

    @Test
    void every_column_that_holds_an_accession_is_renamed_with_it() throws SQLException {
        String url = "jdbc:h2:mem:renamed";
        Set<String> columns = new TreeSet<>();
        try (Database database = Database.open(DatabaseSettings.of(url, "sa", () -> ""), Clock.systemUTC());
                Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT table_name FROM information_schema.columns WHERE LOWER(column_name) = 'accession'"
                                // temporary ones of Hibernate
                                + " AND LOWER(table_name) NOT LIKE 'hte\\_%'")) {
            assertThat(database.kind().isH2()).isTrue();
            while (found.next()) {
                columns.add(found.getString(1).toLowerCase(Locale.ROOT) + ".accession");
            }
        }

        assertThat(JpaAccessions.REFERRING).containsAll(columns);
    }
}
