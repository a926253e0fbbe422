package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.RawMllp;
import io.collimator.acceptance.engine.TestHome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /metrics} as Prometheus sees it: without a login, from this machine. */
class MetricsIT {

    @TempDir
    private Path folder;

    private EngineUnderTest engine;

    @BeforeEach
    void start() {
        engine = EngineUnderTest.start(TestHome.create(folder));
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private String scrape() throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                        + engine.engine().http().getPort() + "/metrics"))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private double value(String series) throws Exception {
        return Arrays.stream(scrape().split("\n"))
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void what_a_sender_sends_is_counted_under_its_profile() throws Exception {
        // given an order, the same again, and one that is refused
        engine.send(Messages.order("M1"));
        engine.send(Messages.order("M1"));
        engine.send(Messages.order("M2").replaceFirst("(?m)^PID.*\n", ""));

        assertThat(value("collimator_messages_received_total{profile=\"default\"}"))
                .isEqualTo(3);
        assertThat(value("collimator_messages_accepted_total{profile=\"default\"}"))
                .isEqualTo(2);
        assertThat(value("collimator_messages_duplicate_total{profile=\"default\",verdict=\"same\"}"))
                .isEqualTo(1);
        assertThat(value("collimator_messages_refused_total{code=\"101\",profile=\"default\"}"))
                .isEqualTo(1);
        assertThat(value("collimator_message_answer_seconds_count{profile=\"default\"}"))
                .isEqualTo(3);
        assertThat(scrape()).doesNotContain("NORTHRIS", "PID-M1");
    }

    @Test
    void what_waits_on_a_queue_is_counted_with_its_age() throws Exception {
        engine.send(Messages.order("M3"));

        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(value("collimator_queue_messages{queue=\"collimator.status\"}"))
                    .isEqualTo(1);
            assertThat(value("collimator_queue_oldest_message_age_seconds{queue=\"collimator.status\"}"))
                    .isPositive();
            assertThat(value("collimator_outbox_notices")).isZero();
            assertThat(value("collimator_relay_failing")).isZero();
        });
        assertThat(value("collimator_mapping_version")).isEqualTo(1);
        assertThat(value("collimator_retention_forgotten_total{kind=\"notices\"}"))
                .isZero();
        assertThat(value("collimator_database_bytes")).isPositive();
        assertThat(value("collimator_data_disk_free_bytes")).isPositive();
    }

    @Test
    void open_connections_are_counted() throws Exception {
        try (RawMllp open = new RawMllp(engine.engine().mllp())) {
            assertThat(open).isNotNull();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() ->
                            assertThat(value("collimator_mllp_connections")).isEqualTo(1));
        }
    }
}
