package io.collimator.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiversTest {

    private static final String STATUS = "collimator.status";

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void make_a_home() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        home = new Home(folder);
    }

    @Test
    void without_the_file_and_as_it_is_shipped_there_are_none() throws IOException {
        assertThat(settings().receivers().all()).isEmpty();
        write(Files.readString(Path.of("../../config/receivers.yaml")));
        assertThat(settings().receivers().all()).isEmpty();
    }

    @Test
    void a_row_has_a_queue_of_its_own_and_what_it_does_not_say_is_as_usual() throws IOException {
        write("""
                receivers:
                  WEST: {takes: status, host: ris-west, port: 2576, alarmAfterSeconds: 5}
                  REPORTS: {takes: results, host: 192.0.2.7, port: 2577, connections: 1, answerTimeoutSeconds: 60}
                  COPIES: {takes: site.copies, host: ris-west, port: 2578, parkAfterMinutes: 1}
                """);

        EngineSettings settings = settings();

        assertThat(settings.jms().queues())
                .containsExactly("site.copies", "collimator.status.WEST", "collimator.results.REPORTS");
        Receiver west = settings.receivers().named("WEST").orElseThrow();
        assertThat(west.patience())
                .isEqualTo(new Receiver.Patience(
                        Duration.ofSeconds(5), settings.forwarding().parkAfter()));
        assertThat(west.line()).isEqualTo(new Receiver.Line("ris-west", 2576, 4, Duration.ofSeconds(20)));
        assertThat(settings.receivers().ofQueue("site.copies"))
                .get()
                .extracting(Receiver::name)
                .isEqualTo("COPIES");
    }

    @ParameterizedTest
    @CsvSource({
        "WESTRIS, W, status.scheduled, collimator.status.WEST+collimator.status.ALL",
        "WESTRIS, X, status.scheduled, collimator.status+collimator.status.ALL",
        "WESTRIS, W, status.completed, collimator.status.WEST+collimator.status.ALL+collimator.status.DONE",
        "NORTHRIS, W, status.completed, collimator.status+collimator.status.ALL+collimator.status.DONE",
        "eastris, '', status.scheduled, collimator.status.ALL",
        "EASTRIS, '', status.cancelled, collimator.status.ALL+collimator.status.EAST",
        "'', '', status.scheduled, collimator.status+collimator.status.ALL",
    })
    void a_notice_goes_to_whoever_wants_it_and_to_its_own_queue_unless_the_sender_has_a_receiver(
            String application, String facility, String eventType, String queues) throws IOException {
        write("""
                receivers:
                  WEST: {takes: status, host: h, port: 1, sendingApplication: [WESTRIS], sendingFacility: [W]}
                  ALL: {takes: status, host: h, port: 1}
                  DONE: {takes: status, host: h, port: 1, eventTypes: [status.completed]}
                  EAST: {takes: status, host: h, port: 1, sendingApplication: [EASTRIS], eventTypes: [status.cancelled]}
                  REPORTS: {takes: results, host: h, port: 1}
                """);

        assertThat(settings().receivers().queues(STATUS, eventType, application, facility))
                .containsExactlyInAnyOrder(queues.split("\\+"));
        assertThat(settings().receivers().queues("collimator.events", "order.scheduled", application, facility))
                .containsExactly("collimator.events");
    }

    @Test
    void whatever_is_wrong_is_named_with_its_line_and_a_fix() throws IOException {
        write("""
                receivers:
                  archive: {takes: status, host: h, port: 1}
                  NO PORT: {takes: status, host: h}
                  BADHOST: {takes: status, host: "tcp://h", port: 1}
                  TYPO: {takes: statsu, host: h, port: 1, templat: x}
                  FORM: {takes: results, host: h, port: 1, template: status-orm-2.3.1}
                  EVENT: {takes: status, host: h, port: 1, eventTypes: [status.canceled]}
                  LIST: {takes: status, host: h, port: 1, sendingApplication: WESTRIS}
                  COPY1: {takes: site.copies, host: h, port: 1}
                  COPY2: {takes: site.copies, host: h, port: 1, eventTypes: [status.scheduled]}
                  NUMBER: {takes: status, host: h, port: 70000, connections: 65, alarmAfterSeconds: 0}
                """);

        List<Problem> problems = catchThrowableOfType(ConfigurationException.class, this::settings)
                .problems();

        assertThat(problems)
                .extracting(Problem::toString)
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).contains("receivers.yaml:2", "archive", "no name for a receiver"),
                        one -> assertThat(one).contains("receivers.yaml:3", "no name for a receiver"),
                        one -> assertThat(one).contains("receivers.yaml", "port", "is missing"),
                        one -> assertThat(one).contains("receivers.yaml:4", "tcp://h", "host"),
                        one -> assertThat(one).contains("receivers.yaml:5", "statsu", "Did you mean status?"),
                        one -> assertThat(one).contains("receivers.yaml:5", "templat", "Did you mean template?"),
                        one -> assertThat(one).contains("receivers.yaml:6", "template", "takes status"),
                        one -> assertThat(one)
                                .contains("receivers.yaml:7", "status.canceled", "Did you mean status.cancelled?"),
                        one -> assertThat(one).contains("receivers.yaml:8", "sendingApplication", "[a, b]"),
                        one -> assertThat(one).contains("receivers.yaml:10", "site.copies", "COPY1"),
                        one -> assertThat(one).contains("receivers.yaml:10", "eventTypes", "status or results"),
                        one -> assertThat(one).contains("receivers.yaml:11", "70000"),
                        one -> assertThat(one).contains("receivers.yaml:11", "65"),
                        one -> assertThat(one).contains("receivers.yaml:11", "alarmAfterSeconds"));
    }

    private EngineSettings settings() {
        return EngineSettings.load(home, Map.of(), Map.of("collimator.jms.queues", "site.copies"));
    }

    private void write(String text) throws IOException {
        Files.writeString(home.receivers(), text);
    }
}
