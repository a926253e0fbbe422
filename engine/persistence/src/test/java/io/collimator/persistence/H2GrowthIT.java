package io.collimator.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an order takes of the disk while the H2 file is open. Measured: 65 kB without compaction, of which 1 kB is needed; the
 * budget is 6 kB. The retention time is a second here, so that nobody waits for the ten of production.
 */
class H2GrowthIT {

    private static final int ORDERS = 1_500;
    private static final long BYTES_AN_ORDER = 6_000;

    @TempDir
    private static Path folder;

    @Test
    void an_order_takes_no_more_than_its_budget_while_the_file_is_open() throws Exception {
        Path file = folder.resolve("store.mv.db");
        String url = "jdbc:h2:file:" + folder.resolve("store") + ";RETENTION_TIME=1000";
        try (Database database = Database.open(DatabaseSettings.of(url, "sa", () -> ""), Clock.systemUTC())) {
            // when
            long begin = System.nanoTime();
            new OrderFlow(database).run(ORDERS, 8);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            long whenBusy = Files.size(file);

            // then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(Files.size(file)).isLessThan(ORDERS * BYTES_AN_ORDER));
            System.out.printf(
                    "H2 file: %d bytes an order, %d while it is busy, %d orders in %d ms%n",
                    Files.size(file) / ORDERS, whenBusy / ORDERS, ORDERS, took.toMillis());
            assertThat(database.bytes()).isLessThan(ORDERS * BYTES_AN_ORDER).isPositive();
        }
    }
}
