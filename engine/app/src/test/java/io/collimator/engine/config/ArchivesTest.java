package io.collimator.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.collimator.dicom.data.AeTitle;
import io.collimator.workflow.order.SentFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivesTest {

    private static final AeTitle ARCHIVE2 = new AeTitle("ARCHIVE2");
    private static final AeTitle ARCHIVE3 = new AeTitle("ARCHIVE3");
    private static final AeTitle MAIN_PACS = new AeTitle("MAIN PACS");

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void make_a_home() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        home = new Home(folder);
        Files.writeString(home.applicationEntities(), """
                applicationEntities:
                  CT1: {host: ct1, port: 104, services: [commitment]}
                  CT2: {host: ct2, port: 104, services: [commitment]}
                  US1: {services: [worklist]}
                  ARCHIVE: {host: pacs1, port: 104, archive: {commitment: true}}
                  ARCHIVE2: {host: pacs2, port: 104, archive: {commitment: true}}
                  ARCHIVE3: {host: pacs3, port: 104, archive: {commitment: true}}
                  MAIN PACS: {host: pacs4, port: 104, archive: {commitment: true}}
                """);
    }

    @Test
    void the_shipped_table_is_empty_and_without_one_it_is_the_same() {
        assertThat(Archives.load(new Home(Path.of("../..")), Optional.empty())).isEqualTo(Archives.NONE);
        assertThat(Files.exists(new Home(Path.of("../..")).archives())).isTrue();
        assertThat(load()).isEqualTo(Archives.NONE);
    }

    @Test
    void a_station_has_its_archive_and_an_order_that_of_the_row_that_says_most() throws IOException {
        write("""
                archives:
                  ARCHIVE2:
                    stations: [CT2]
                    sendingApplication: [RIS_WEST, RIS_SOUTH]
                  ARCHIVE3:
                    sendingApplication: [RIS_WEST]
                    sendingFacility: [EYE CLINIC]
                  MAIN PACS:
                    sendingFacility: [EYE CLINIC]
                """);

        Archives archives = load();

        assertThat(archives.ofStation(new AeTitle("CT2"))).contains(ARCHIVE2);
        assertThat(archives.ofStation(new AeTitle("CT1"))).isEmpty();
        assertThat(archives.nameSenders()).isTrue();
        assertThat(archives.ofOrder(sent("RIS_WEST", "GENERAL"))).contains(ARCHIVE2);
        assertThat(archives.ofOrder(sent("ris_south", "EYE CLINIC"))).contains(ARCHIVE2);
        assertThat(archives.ofOrder(sent("RIS_WEST", "Eye Clinic"))).contains(ARCHIVE3);
        assertThat(archives.ofOrder(sent("RIS_EAST", "EYE CLINIC"))).contains(MAIN_PACS);
        assertThat(archives.ofOrder(sent("RIS_EAST", ""))).isEmpty();
        assertThat(archives.ofOrder(SentFields.NONE)).isEmpty();
    }

    @Test
    void titles_are_taken_as_the_registry_takes_them() throws IOException {
        Files.writeString(home.properties(), "collimator.dicom.ae-title-case-sensitive = false\n");
        write("""
                archives:
                  archive2: {stations: [ct2]}
                """);

        Archives archives = load();

        assertThat(archives.rows()).extracting(Archives.Row::archive).containsExactly(ARCHIVE2);
        assertThat(archives.ofStation(new AeTitle("CT2"))).contains(ARCHIVE2);
    }

    @Test
    void every_problem_is_told_at_once_with_its_line() throws IOException {
        write("""
                archives:
                  ARCHIVE22:
                    stations: [CT1]
                  US1:
                    station: [CT2]
                  ARCHIVE2:
                    stations:
                      - CT2
                      - CT1
                      - CT11
                      - US1
                      - CT1, CT2
                      - A_TITLE_THAT_IS_TOO_LONG
                    sendingApplication: [RIS_WEST, ""]
                  ARCHIVE3:
                    stations: CT2
                    sendingApplication: [ris_west]
                  ARCHIVE2, ARCHIVE3:
                    sendingFacility: [EYE]
                  MAIN PACS: {}
                archive: {}
                """);

        ConfigurationException problem = catchThrowableOfType(ConfigurationException.class, this::load);

        assertThat(problem)
                .hasMessageContainingAll(
                        "config/archives.yaml:2: archives.ARCHIVE22: is not registered in config/application-entities.yaml; register it there with archive.commitment: true. Did you mean ARCHIVE2?",
                        "config/archives.yaml:4: archives.US1: is no archive; give it archive.commitment: true",
                        "config/archives.yaml:5: archives.US1.station: is unknown; expected one of sendingApplication, sendingFacility, stations. Did you mean stations?",
                        "config/archives.yaml:9: archives.ARCHIVE2.stations = \"CT1\": stands in row ARCHIVE22 already",
                        "config/archives.yaml:10: archives.ARCHIVE2.stations = \"CT11\": is not registered in config/application-entities.yaml; register it, or take it out. Did you mean CT1?",
                        "config/archives.yaml:11: archives.ARCHIVE2.stations = \"US1\": may not ask for commitment; give it the service commitment",
                        "config/archives.yaml:12: archives.ARCHIVE2.stations = \"CT1, CT2\": is a list where one AE title is meant",
                        "config/archives.yaml:13: archives.ARCHIVE2.stations = \"A_TITLE_THAT_IS_TOO_LONG\": is no AE title",
                        "config/archives.yaml:14: archives.ARCHIVE2.sendingApplication: has an empty entry",
                        "config/archives.yaml:16: archives.ARCHIVE3.stations = \"CT2\": is no list; write [a, b].",
                        "config/archives.yaml:17: archives.ARCHIVE3.sendingApplication = \"ris_west\": means orders that row ARCHIVE2 means too",
                        "config/archives.yaml:18: archives.ARCHIVE2, ARCHIVE3: is a list where one AE title is meant; give each archive a row of its own.",
                        "config/archives.yaml:20: archives.MAIN PACS: says nothing of what is for it",
                        "config/archives.yaml:21: archive: is unknown; expected one of archives. Did you mean archives?");
    }

    @Test
    void the_table_is_bounded_and_a_broken_registry_brings_no_follow_up_findings() throws IOException {
        write("archives:\n"
                + IntStream.rangeClosed(1, 65)
                        .mapToObj("  A%d: {sendingFacility: [F%<d]}"::formatted)
                        .collect(Collectors.joining("\n"))
                + "\n");

        ConfigurationException problem =
                catchThrowableOfType(ConfigurationException.class, () -> Archives.load(home, Optional.empty()));

        assertThat(problem.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "config/archives.yaml:1: archives = \"65\": are too many archives; at most 64 are served.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ARCHIVE,ARCHIVE2",
                "ARCHIVE, ARCHIVE2",
                "ARCHIVE ARCHIVE2",
                "ARCHIVE;ARCHIVE2",
                "[ARCHIVE, ARCHIVE2]",
                "[ARCHIVE]",
                "\"ARCHIVE\",\"B\"",
                "A B",
                "ARCHIVE,ARCHIVE2,ARCHIVE3,ARCHIVE4"
            })
    void a_list_is_refused_where_one_archive_is_meant(String list) throws IOException {
        Files.writeString(home.properties(), "# comment\ncollimator.archive = " + list + "\n");

        Optional<Problem> ofFile = listed(Map.of());
        Files.writeString(home.properties(), "");
        Optional<Problem> ofEnvironment = listed(Map.of("COLLIMATOR_ARCHIVE", list));

        assertThat(ofFile.map(Problem::toString).orElse(""))
                .startsWith(
                        "config/application.properties:2: collimator.archive = \"%s\": is a list where one AE title is meant"
                                .formatted(list));
        assertThat(ofFile.map(Problem::fix).orElse("")).contains("config/archives.yaml");
        assertThat(ofEnvironment.map(Problem::toString).orElse(""))
                .startsWith("environment: COLLIMATOR_ARCHIVE = \"%s\": is a list".formatted(list));
    }

    @ParameterizedTest
    @CsvSource({"ARCHIVE", "NOBODY", "MAIN PACS", "''"})
    void one_title_is_no_list_also_with_a_blank_in_it_where_it_is_registered(String title) throws IOException {
        Files.writeString(home.properties(), "collimator.archive = " + title + "\n");

        assertThat(listed(Map.of())).isEmpty();
    }

    private Optional<Problem> listed(Map<String, String> environment) {
        // it is one finding, not two
        assertThat(EngineSettings.load(home, environment, Map.of())).isNotNull();
        return Archives.ofListedDefault(home, environment, Map.of(), Optional.of(ApplicationEntities.load(home)));
    }

    private static SentFields sent(String application, String facility) {
        return new SentFields(Map.of("MSH-3", application, "MSH-4", facility));
    }

    private Archives load() {
        AeTitleRules rules =
                EngineSettings.load(home, Map.of(), Map.of()).dicom().titles();
        return Archives.load(home, Optional.of(ApplicationEntities.load(home).by(rules)));
    }

    private void write(String yaml) throws IOException {
        Files.writeString(home.archives(), yaml);
    }
}
