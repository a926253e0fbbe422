package io.collimator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.app.HL7Service;
import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What we compare with does what we say that it does. */
@Timeout(120)
class BaselineIT {

    private static final Duration A_MOMENT = Duration.ofMillis(300);

    @Test
    void the_baseline_that_only_acknowledges_takes_every_order() throws Exception {
        Load load = new Load(new OrderText("A", LocalDate.of(2026, 11, 23)));

        Load.Interval interval = run("", load);

        assertThat(interval.refused()).isZero();
        assertThat(interval.latencies()).isNotEmpty().isSorted();
        assertThat(load.acknowledged().cardinality()).isEqualTo(interval.latencies().length);
    }

    @Test
    void the_baseline_that_stores_leaves_the_rows_of_each_acknowledged_order() throws Exception {
        String url = "jdbc:h2:mem:baseline;DB_CLOSE_DELAY=-1";
        Database.open(DatabaseSettings.of(url, "", () -> ""), Clock.systemUTC()).close();
        Load load = new Load(new OrderText("B", LocalDate.of(2026, 11, 23)));

        Load.Interval interval = run(url, load);

        int orders = interval.latencies().length;
        assertThat(interval.refused()).isZero();
        assertThat(orders).isPositive();
        Map<String, Integer> rows = Map.of(
                "accession", 1,
                "scheduled_step", 1,
                "scheduled_step_station", 1,
                "scheduled_step_name", 1,
                "received_message", 1,
                "timeline_entry", 1,
                "outbox", 2);
        for (Map.Entry<String, Integer> table : rows.entrySet()) {
            assertThat(count(url, table.getKey())).as(table.getKey()).isEqualTo(table.getValue() * orders);
        }
    }

    private static Load.Interval run(String url, Load load) throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        HL7Service server = HapiServer.start(port, url, Clock.systemUTC());
        try {
            return load.run(port, 2, A_MOMENT);
        } finally {
            server.stopAndWait();
        }
    }

    private static int count(String url, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            result.next();
            return result.getInt(1);
        }
    }
}
