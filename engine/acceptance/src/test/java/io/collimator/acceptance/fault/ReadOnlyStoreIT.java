package io.collimator.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.acceptance.engine.EnginePostgres;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.Scanner;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that answers and takes no writes: its disk is full, or it is a standby. */
class ReadOnlyStoreIT {

    private static final String NEW_CONNECTIONS =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'engine'";

    @TempDir
    private static Path folder;

    @Test
    void lists_are_answered_orders_are_to_be_sent_later_and_health_says_which() {
        try (EnginePostgres postgres = EnginePostgres.start();
                Scanner scanner = new Scanner(new AeTitle("CT1"))) {
            TestHome home =
                    TestHome.create(folder).withModality(scanner.address()).withStation("CT", "CT1");
            try (EngineUnderTest engine = EngineUnderTest.start(home, postgres.settings(Map.of()))) {
                // given
                assertThat(engine.send(Messages.order("STORED")).code()).isEqualTo("AA");

                // when
                postgres.change("ALTER ROLE engine SET default_transaction_read_only = on", NEW_CONNECTIONS);

                // then
                soon().untilAsserted(() ->
                        assertThat(engine.send(Messages.order("LATER")).code()).isEqualTo("AR"));
                soon().untilAsserted(() ->
                        assertThat(scanner.entriesOf(engine, "STORED")).hasSize(1));
                assertThat(engine.api()
                                .accession("STORED")
                                .path("procedureState")
                                .asText())
                        .isEqualTo("SCHEDULED");
                soon().untilAsserted(() -> {
                    var health = engine.api().get("/health/ready");
                    assertThat(health.statusCode()).isEqualTo(503);
                    assertThat(health.body()).contains("\"failing\":[\"database\"", "takes no writes");
                });

                // when
                postgres.change("ALTER ROLE engine RESET default_transaction_read_only", NEW_CONNECTIONS);

                // then
                soon().untilAsserted(() ->
                        assertThat(engine.send(Messages.order("LATER")).code()).isEqualTo("AA"));
                assertThat(scanner.entriesOf(engine, "LATER")).hasSize(1);
                soon().untilAsserted(() -> assertThat(
                                engine.api().get("/health/ready").statusCode())
                        .isEqualTo(200));
            }
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(1)).ignoreExceptions();
    }
}
