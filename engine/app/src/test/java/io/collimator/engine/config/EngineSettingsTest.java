package io.collimator.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

class EngineSettingsTest {

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void make_a_home() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        home = new Home(folder);
    }

    @Test
    void an_empty_home_has_the_defaults() {
        EngineSettings settings = EngineSettings.load(home, Map.of(), Map.of());

        assertThat(settings.mllp().port()).isEqualTo(2575);
        assertThat(settings.dicom().aeTitle()).hasToString("COLLIMATOR");
        assertThat(settings.archive().custody().unmatchedAfter()).isEqualTo(Duration.ofMinutes(60));
        assertThat(settings.dataFolder()).isEqualTo(folder.resolve("data"));
    }

    @ParameterizedTest
    @CsvSource({"'P,', P", "'P,(empty)', P", "'(empty)', P", "'T, (empty)', T"})
    void the_empty_processing_id_may_be_served(String written, String own) throws IOException {
        write("collimator.hl7.processing-ids = " + written, "collimator.hl7.max-segments = 50000");

        EngineSettings settings = EngineSettings.load(home, Map.of(), Map.of());

        assertThat(settings.hl7().processingIds()).contains("");
        assertThat(settings.hl7().ownProcessingId()).isEqualTo(own);
        assertThat(settings.hl7().reading().limits().maxSegments()).isEqualTo(50_000);
    }

    @Test
    void the_environment_overrides_the_file_and_the_caller_overrides_both() throws IOException {
        write("collimator.mllp.port = 1000", "collimator.http.port=1001", "  collimator.dicom.port = 1002  ");

        EngineSettings settings = EngineSettings.load(
                home,
                Map.of("COLLIMATOR_HTTP_PORT", "2001", "COLLIMATOR_DICOM_PORT", "2002"),
                Map.of("collimator.dicom.port", "3002"));

        assertThat(settings.mllp().port()).isEqualTo(1000);
        assertThat(settings.http().port()).isEqualTo(2001);
        assertThat(settings.dicom().port()).isEqualTo(3002);
    }

    @ParameterizedTest
    @CsvSource({
        "collimator.mllp.bind-address,         http://127.0.0.1",
        "collimator.dicom.bind-address,        127.0.0.1:104",
        "collimator.http.bind-address,         300.1.1.1",
        "collimator.jms.bind-address,          my host",
        "collimator.status-delivery.host,      ris.hospital:2575",
        "collimator.results-delivery.host,     reports/inbox",
        "collimator.jms.url,                   artemis:61616",
        "collimator.jms.url,                   tcp://artemis",
        "collimator.jms.url,                   http://artemis:8161",
        "collimator.jms.url,                   '(tcp://a:1,b:2)'",
        "collimator.db.url,                    postgresql://db/collimator",
        "collimator.db.url,                    jdbc:mysql://db/collimator",
        "collimator.db.url,                    jdbc:postgresql://db:port/collimator?password=hunter2secret"
    })
    void a_host_or_url_that_is_none_is_named_with_its_line(String key, String value) throws IOException {
        write("# comment", key + " = " + value);

        ConfigurationException problem =
                catchThrowableOfType(ConfigurationException.class, () -> EngineSettings.load(home, Map.of(), Map.of()));

        assertThat(problem)
                .hasMessageContaining("application.properties:2")
                .hasMessageContaining(key)
                .hasMessageNotContaining("hunter2secret");
    }

    @ParameterizedTest
    @CsvSource({
        "collimator.dicom.ae-title,            'COLLIMATOR,ENGINE2'",
        "collimator.dicom.ae-title,            '[COLLIMATOR, ENGINE2]'",
        "collimator.dicom.ae-title,            'COLLIMATOR_NORTH, COLLIMATOR_SOUTH'",
        "collimator.dicom.bind-address,        '127.0.0.1, 10.0.0.1'",
        "collimator.mllp.bind-address,         '[127.0.0.1]'",
        "collimator.status-delivery.host,      'ris1 ris2'",
        "collimator.mllp.port,                 '2575,2576'",
        "collimator.dicom.port,                '[104]'",
        "collimator.http.port,                 '8080;8081'"
    })
    void a_list_where_one_value_is_meant_is_called_one(String key, String value) throws IOException {
        write(key + " = " + value);

        assertThat(catchThrowableOfType(
                        ConfigurationException.class, () -> EngineSettings.load(home, Map.of(), Map.of())))
                .hasMessageContaining("application.properties:1: " + key)
                .hasMessageContaining("is a list where one value is meant; expected ");
    }

    @ParameterizedTest
    @CsvSource({
        "collimator.dicom.ae-title,            MY ENGINE",
        "collimator.dicom.ae-title-aliases,    'A,B C'",
        "collimator.jms.queues,                'a,b'"
    })
    void what_may_be_several_or_have_blanks_is_none(String key, String value) throws IOException {
        write(key + " = " + value);

        assertThat(EngineSettings.load(home, Map.of(), Map.of()).values()).containsEntry(key, value);
    }

    @ParameterizedTest
    @CsvSource({
        "collimator.mllp.bind-address,     0.0.0.0",
        "collimator.mllp.bind-address,     '::'",
        "collimator.mllp.bind-address,     '::1'",
        "collimator.dicom.bind-address,    ct-net.hospital.example",
        "collimator.status-delivery.host,  ris_north",
        "collimator.status-delivery.host,  10.1.2.3",
        "collimator.jms.url,               tcp://artemis:61616?callTimeout=5000",
        "collimator.jms.url,               '(tcp://a:61616,tcp://b:61616)?ha=true'",
        "collimator.db.url,                jdbc:postgresql://db/collimator",
        "collimator.db.url,                'jdbc:postgresql://a:5432,b:5433/collimator?targetServerType=primary'",
        "collimator.db.url,                jdbc:h2:file:/var/lib/collimator/store"
    })
    void each_form_of_them_is_taken(String key, String value) throws IOException {
        write(key + " = " + value);

        assertThat(EngineSettings.load(home, Map.of(), Map.of()).values()).containsEntry(key, value);
    }

    @Test
    void a_file_in_latin_1_is_named_with_its_line() throws IOException {
        Files.write(home.properties(), "# comment\n# für alle\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(catchThrowableOfType(
                        ConfigurationException.class, () -> EngineSettings.load(home, Map.of(), Map.of())))
                .hasMessageContaining("application.properties:2")
                .hasMessageContaining("Latin-1");
    }

    @Test
    void an_empty_variable_is_as_if_it_were_not_there() throws IOException {
        write("collimator.mllp.port = 1000", "collimator.jms.password = from the file");

        EngineSettings settings = EngineSettings.load(
                home,
                Map.of("COLLIMATOR_MLLP_PORT", "", "COLLIMATOR_JMS_PASSWORD", " ", "COLLIMATOR_HTTP_PORT", ""),
                Map.of());

        assertThat(settings.mllp().port()).isEqualTo(1000);
        assertThat(settings.jms().password()).isEqualTo("from the file");
        assertThat(settings.http().port()).isEqualTo(8080);
    }

    @Test
    void a_misspelt_variable_is_a_warning_with_what_was_meant_and_without_its_value() {
        Map<String, String> environment = Map.of(
                "COLLIMATOR_MLLP_PROT", "2575",
                "COLLIMATOR_ADMIN_PASSWORT", "hunter2secret",
                "collimator_http_port", "8080",
                "COLLIMATOR_MLLP_PORT", "2575",
                "COLLIMATOR_HOME", "x",
                "PATH", "/bin");

        assertThat(EngineSettings.unknownVariables(environment))
                .extracting(Problem::toString)
                .satisfiesExactly(
                        password -> assertThat(password)
                                .contains("COLLIMATOR_ADMIN_PASSWORT", "Did you mean COLLIMATOR_ADMIN_PASSWORD?")
                                .doesNotContain("hunter2secret"),
                        port -> assertThat(port).contains("COLLIMATOR_MLLP_PROT", "Did you mean COLLIMATOR_MLLP_PORT?"),
                        lower -> assertThat(lower)
                                .contains("collimator_http_port", "Did you mean COLLIMATOR_HTTP_PORT?"));
    }

    @Test
    void every_problem_is_told_at_once_with_file_line_field_value_and_fix() throws IOException {
        write(
                "# comment",
                "collimator.mllp.prot = 2575",
                "collimator.dicom.port = 65536",
                "collimator.dicom.ae-title = A_TITLE_THAT_IS_TOO_LONG",
                "collimator.time-zone = Mars/Olympus",
                "collimator.worklist.visible-statuses = SCHEDULED,LATE",
                "nonsense",
                "collimator.dicom.port = 104");

        ConfigurationException problem = catchThrowableOfType(
                ConfigurationException.class,
                () -> EngineSettings.load(home, Map.of("COLLIMATOR_HTTP_PORT", "http"), Map.of()));

        assertThat(problem.problems()).extracting(Problem::line).contains(2, 3, 4, 5, 6, 7, 8, 0);
        assertThat(problem)
                .hasMessageContainingAll(
                        "config/application.properties:2: collimator.mllp.prot = \"2575\": is no setting. Did you mean collimator.mllp.port?",
                        "config/application.properties:3: collimator.dicom.port = \"65536\": is not valid; expected a whole number (port, 0 for any free one, 0 to 65535).",
                        "environment: COLLIMATOR_HTTP_PORT = \"http\"");
    }

    @Test
    void a_password_is_never_repeated() throws IOException {
        write("collimator.jms.passwort = hunter2secret");

        ConfigurationException problem =
                catchThrowableOfType(ConfigurationException.class, () -> EngineSettings.load(home, Map.of(), Map.of()));
        EngineSettings settings = EngineSettings.load(
                new Home(folder.resolve("other")), Map.of("COLLIMATOR_JMS_PASSWORD", "hunter2secret"), Map.of());

        assertThat(problem).hasMessageContaining("collimator.jms.passwort").hasMessageNotContaining("hunter2secret");
        assertThat(settings.jms().password()).isEqualTo("hunter2secret");
        assertThat(settings.toString()).doesNotContain("hunter2secret");
        assertThat(settings.values())
                .containsEntry("collimator.mllp.port", "2575")
                .doesNotContainValue("hunter2secret");
    }

    private void write(String... lines) throws IOException {
        Files.write(home.properties(), List.of(lines));
    }
}
