package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.RecordedLog;
import io.collimator.acceptance.engine.Scanner;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.acceptance.peer.DcmtkTools;
import io.collimator.acceptance.peer.DcmtkTools.Offer;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that a scanner cannot show: it is warned of, and where the site wants it they come in letters that it can show. */
class CharacterSetFallbackIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String NAME = "WA\u0141\u0118SA^\u0141UKASZ";
    private static final String TRANSLITERATED = "WALESA^LUKASZ";

    @TempDir
    private static Path folder;

    private static EngineUnderTest engine;

    @BeforeAll
    static void start() {
        TestHome home =
                TestHome.create(folder).withStation("CT", "LATIN").write("config/application-entities.yaml", """
                        applicationEntities:
                          LATIN:
                            services: [worklist]
                            characterSet: ISO_IR 100
                          ASKS:
                            services: [worklist]
                          WRITES:
                            services: [worklist, mpps]
                            characterSet:
                              terms: ISO_IR 100
                              fallback: transliterate
                          DECLARES:
                            services: [worklist]
                            characterSet: {fallback: transliterate}
                          READS:
                            services: [worklist]
                            characterSet: ISO_IR 192
                        """);
        engine = EngineUnderTest.start(home);
        for (String accession : List.of("LUK1", "LUK2", "LUK3", "LUK4", "LUK5", "LUK6")) {
            assertThat(engine.send(named(accession, NAME)).code()).isEqualTo("AA");
        }
        assertThat(engine.send(named("KANJI", "\u5C71\u7530^\u592A\u90CE")).code())
                .isEqualTo("AA");
        assertThat(engine.send(named("BOTH", "YAMADA^TAROU^^^^^L^A~\u5C71\u7530^\u592A\u90CE^^^^^L^I"))
                        .code())
                .isEqualTo("AA");
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static String named(String accession, String name) {
        return Messages.order(accession)
                .replace("|P|2.3.1\n", "|P|2.3.1||||||UNICODE UTF-8\n")
                .replace("TEST^" + accession, name)
                .replace("CT ABDOMEN", "CT BRZUCH\u00D3W \u0141");
    }

    private static DataSet find(String peer, String declared, String accession) {
        DataSet.Builder keys = Dictionary.dataSet()
                .put(Tags.PatientName)
                .put(Tags.PatientID)
                .put(Tags.RequestedProcedureDescription)
                .put(Tags.AccessionNumber, accession);
        if (!declared.isEmpty()) {
            keys.put(Tags.SpecificCharacterSet, declared);
        }
        try (Scanner scanner = new Scanner(new AeTitle(peer))) {
            List<DataSet> matches = scanner.ask(engine, keys.build()).matches();
            assertThat(matches).hasSize(1);
            return matches.get(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LATIN, ISO_IR 192, LUK1, ISO_IR 192, " + NAME,
        "ASKS, ISO_IR 100, LUK1, ISO_IR 192, " + NAME,
        "ASKS, '', LUK1, ISO_IR 192, " + NAME,
        "ASKS, ISO_IR 101, LUK1, ISO_IR 101, " + NAME,
        "READS, '', LUK1, ISO_IR 192, " + NAME,
        "WRITES, ISO_IR 192, LUK1, ISO_IR 100, " + TRANSLITERATED,
        "DECLARES, ISO_IR 100, LUK1, ISO_IR 100, " + TRANSLITERATED,
        "DECLARES, '', LUK1, '', " + TRANSLITERATED,
        "DECLARES, ISO_IR 101, LUK1, ISO_IR 101, " + NAME,
        "WRITES, '', KANJI, ISO_IR 192, \u5C71\u7530^\u592A\u90CE",
        "WRITES, '', BOTH, ISO_IR 100, YAMADA^TAROU",
    })
    void a_name_comes_whole_or_in_letters_that_the_peer_can_show(
            String peer, String declared, String accession, String answered, String name) {
        DataSet match = find(peer, declared, accession);

        assertThat(match.text(Tags.SpecificCharacterSet)).isEqualTo(answered);
        assertThat(match.text(Tags.PatientName)).isEqualTo(name);
        assertThat(match.text(Tags.PatientID)).isEqualTo("PID-" + accession);
        assertThat(match.text(Tags.AccessionNumber)).isEqualTo(accession);
    }

    @Test
    void a_scanner_that_sends_no_such_letter_gets_those_that_it_can_show() {
        JsonNode match = new DcmtkTools(folder)
                .findWorklist("WRITES", engine.dicom(), Offer.EXPLICIT, List.of("AccessionNumber=LUK2", "PatientName"))
                .matches()
                .get(0);

        assertThat(match.at("/00100010/Value/0/Alphabetic").asText()).isEqualTo(TRANSLITERATED);
    }

    @Test
    void what_goes_as_utf8_is_a_warning_by_peer_without_patient_data() throws IOException {
        try (RecordedLog log = RecordedLog.of("io.collimator.engine.peers", Level.WARN)) {
            long before = fallbacks("LATIN").path("utf8").asLong();
            find("LATIN", "", "LUK3");
            find("LATIN", "", "LUK3");
            find("READS", "", "LUK3");

            await().atMost(PATIENCE).until(() -> fallbacks("LATIN").path("utf8").asLong() >= before + 4);
            assertThat(fallbacks("READS")).isEmpty();
            assertThat(engine.api().get("/metrics").body())
                    .contains("collimator_dicom_character_set_fallbacks_total{kind=\"utf8\",peer=\"LATIN\"}");
            assertThat(log.lines(Level.WARN, "LATIN"))
                    .hasSizeLessThanOrEqualTo(1)
                    .allSatisfy(line -> assertThat(line)
                            .contains("2 values", "ISO_IR 100", "PatientName, RequestedProcedureDescription")
                            .doesNotContain("\u0141", "LUK3"));
            assertThat(log.lines(Level.WARN, "READS")).isEmpty();
        }
    }

    @Test
    void a_peer_is_warned_of_when_it_begins_and_not_with_each_of_its_queries() {
        try (RecordedLog log = RecordedLog.of("io.collimator.engine.peers", Level.WARN)) {
            find("DECLARES", "", "KANJI");
            find("DECLARES", "", "KANJI");
            find("DECLARES", "", "LUK3");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(log.lines(Level.WARN, "DECLARES"))
                            .singleElement()
                            .asString()
                            .contains("ASCII", "PatientName")
                            .doesNotContain("\u5C71", "KANJI"));
        }
    }

    @Test
    void the_timeline_says_once_what_a_peer_got_transliterated() throws IOException {
        for (int query = 0; query < 3; query++) {
            find("WRITES", "", "LUK4");
            find("DECLARES", "", "LUK4");
        }
        // they are told in the order in which they came
        find("WRITES", "", "LUK5");
        engine.api()
                .awaitAccession(
                        "LUK5", accession -> !transliterations(accession).isEmpty());

        List<String> told = transliterations(engine.api().accession("LUK4"));
        assertThat(told).hasSize(2);
        assertThat(told.get(0))
                .startsWith("WRITES got ")
                .contains("ISO_IR 100", "PatientName, RequestedProcedureDescription")
                .doesNotContain("\u0141", "LUKASZ");
        assertThat(told.get(1)).startsWith("DECLARES got ").contains("ASCII");
        assertThat(fallbacks("WRITES").path("transliterate").asLong()).isPositive();
    }

    @Test
    void an_exam_begins_and_ends_under_the_transliterated_name() {
        try (Scanner scanner = new Scanner(new AeTitle("WRITES"))) {
            DataSet entry = scanner.entryOf(engine, "LUK6");
            assertThat(entry.text(Tags.PatientName)).isEqualTo(TRANSLITERATED);

            scanner.complete(scanner.begin(engine, entry));
        }

        JsonNode accession = engine.api().awaitStates("LUK6", "COMPLETED", "OUTSTANDING");
        assertThat(accession.at("/patient/name").asText()).isEqualTo(NAME);
        assertThat(engine.api().exceptionTypes()).doesNotContain("patient-mismatch", "step-unmatched");
    }

    private static List<String> transliterations(JsonNode accession) {
        List<String> told = new ArrayList<>();
        accession.path("timeline").forEach(line -> {
            if (line.path("kind").asText().equals("worklist.transliterated")) {
                told.add(line.path("summary").asText());
            }
        });
        return told;
    }

    private static JsonNode fallbacks(String peer) throws IOException {
        JsonNode items = EngineApi.JSON
                .readTree(engine.api().get("/api/application-entities").body())
                .path("items");
        for (JsonNode item : items) {
            if (item.path("aeTitle").asText().equals(peer)) {
                return item.path("characterSetFallbacks");
            }
        }
        throw new AssertionError(peer + " is not registered.");
    }
}
