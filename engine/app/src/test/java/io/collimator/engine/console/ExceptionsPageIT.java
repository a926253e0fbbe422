package io.collimator.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExceptionsPageIT {

    private static final Instant AT = Instant.parse("2026-11-22T08:15:00Z");

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(
                DatabaseSettings.of("jdbc:h2:mem:" + UUID.randomUUID(), "sa", () -> ""),
                Clock.fixed(AT, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void exceptions_come_newest_first_page_by_page_with_their_evidence() {
        // given
        IntStream.rangeClosed(1, 5).forEach(this::raise);

        // when
        JsonNode first = page("limit=3");
        JsonNode second = page("limit=3&after=" + first.path("next").asText());

        // then
        assertThat(first.path("items").findValuesAsText("summary")).containsExactly("5", "4", "3");
        assertThat(second.path("items").findValuesAsText("summary")).containsExactly("2", "1");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(first.path("items").get(0).toString())
                .isEqualTo("{\"id\":\"00000000-0000-0007-0000-000000000005\",\"at\":\"2026-11-22T08:15:00Z\","
                        + "\"type\":\"no-station\",\"accessionNumber\":null,\"accessionIssuer\":null,\"source\":\"RIS\",\"summary\":\"5\","
                        + "\"state\":\"open\",\"closedAt\":null,"
                        + "\"evidence\":{\"mediaType\":\"x-application/hl7-v2+er7\",\"encoding\":\"text\","
                        + "\"content\":\"MSH|ä\"}}");
    }

    @Test
    void a_page_ends_early_when_its_evidence_grows_large_and_the_next_one_goes_on() {
        // given
        byte[] large = new byte[3_000_000];
        database.transactions()
                .run(session -> IntStream.rangeClosed(1, 3)
                        .forEach(number ->
                                session.exceptions().add(exception(number, new Evidence("application/dicom", large)))));

        // when
        JsonNode first = page("");
        JsonNode second = page("after=" + first.path("next").asText());

        // then
        assertThat(first.path("items").findValuesAsText("summary")).containsExactly("3", "2");
        assertThat(second.path("items").findValuesAsText("summary")).containsExactly("1");
        assertThat(first.path("items").get(0).path("evidence").path("encoding").asText())
                .isEqualTo("base64");
    }

    private JsonNode page(String query) {
        return new ExceptionsJson(database.transactions())
                .page(new Request("GET", "/api/exceptions", query, PeerResourcesTest.CALLER));
    }

    private void raise(int number) {
        database.transactions()
                .run(session -> session.exceptions()
                        .add(exception(
                                number,
                                new Evidence("x-application/hl7-v2+er7", "MSH|ä".getBytes(StandardCharsets.UTF_8)))));
    }

    private static ExceptionRecord exception(int number, Evidence evidence) {
        return new ExceptionRecord(
                new UUID(7, number), AT, ExceptionType.NO_STATION, null, "RIS", Integer.toString(number), evidence);
    }
}
