package io.collimator.acceptance.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.Scanner;
import io.collimator.acceptance.engine.ScriptedRis;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AE titles, names and numbers as attacks, from the socket to whatever the engine writes. */
@Timeout(180)
class HostileNamesIT {

    /** Each is a valid AE title, and is registered. */
    private static final List<String> TITLES = List.of(
            "../../etc",
            "'; DROP--",
            "${jndi:x}",
            "%s%n",
            "%",
            "_",
            "\"quoted\"",
            "${header.x}",
            "<#assign x=1>",
            "{{sys:user.dir}}",
            "#{1+1}",
            "{MSH-10}");

    private static final List<String> VALUES = List.of(
            "../../../etc/passwd",
            "'; DROP TABLE patient; --",
            "${jndi:ldap://127.0.0.1/x}",
            "%s%n%x %d",
            "${header.x}${body}${sys.user.dir}",
            "<#if true>${x}</#if>",
            "{MSH-10}{PID-3}",
            "{{collimator.jms.password}}",
            "#{1+1} ${{1+1}}",
            "<script>alert(1)</script>");

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Uid MWL = Uids.ModalityWorklistInformationModelFind;
    private static final NettyDicomProvider MODALITIES = new NettyDicomProvider();

    @TempDir
    private static Path folder;

    @TempDir
    private static Path logs;

    private static ScriptedRis ris;
    private static EngineUnderTest engine;
    private static ShippedLog log;

    @BeforeAll
    static void start() throws JoranException {
        log = ShippedLog.record(logs);
        ris = new ScriptedRis(message -> "AA");
        TestHome home = TestHome.create(folder).withStation("CT", "CT1");
        StringBuilder registry = new StringBuilder("applicationEntities:\n  CT1:\n    services: [worklist, mpps]\n");
        TITLES.forEach(title -> registry.append(
                "  '%s':\n    host: 127.0.0.1\n    port: 1\n    services: [worklist, mpps, commitment]\n"
                        .formatted(title.replace("'", "''"))));
        home.write("config/application-entities.yaml", registry.toString());
        String route = "routes/50-deliver-status.camel.yaml";
        home.write(
                route,
                home.read(route)
                        .replace(
                                "        - bean:\n            ref: outbound\n            method: write\n",
                                "        - setHeader: {name: CollimatorTemplate, constant: status-orm-2.3.1}\n"
                                        + "        - bean: {ref: outbound, method: write}\n"));
        engine = EngineUnderTest.start(
                home,
                Map.of(
                        "collimator.status-delivery.host",
                        "127.0.0.1",
                        "collimator.status-delivery.port",
                        String.valueOf(ris.port())));
    }

    @AfterAll
    static void stop() {
        engine.close();
        ris.close();
        MODALITIES.close();
        log.close();
    }

    @AfterEach
    void no_line_of_the_log_is_forged_and_no_file_is_where_it_should_not_be() throws IOException {
        assertThat(log.forged()).isEmpty();
        assertThat(log.lines().stream().filter(line -> line.matches("\\S+ ERROR .*] (io|i)\\.(collimator|c)\\..*")))
                .isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(engine.home().root());
        }
        try (Stream<Path> files = Files.walk(engine.home().root())) {
            assertThat(files.map(file -> file.getFileName().toString())).allMatch(name -> name.matches("[\\w.-]+"));
        }
    }

    static List<String> titles() {
        return TITLES;
    }

    static List<String> values() {
        return VALUES;
    }

    @ParameterizedTest
    @MethodSource("titles")
    void a_modality_of_any_title_works_through_its_list(String title) throws IOException {
        String accession = "TITLE" + TITLES.indexOf(title);
        send(Messages.order(accession));

        try (Scanner modality = new Scanner(new AeTitle(title))) {
            modality.complete(modality.begin(engine, accession));
        }

        JsonNode view = engine.api()
                .awaitAccession(
                        accession, is -> is.path("procedureState").asText().equals("COMPLETED"));
        JsonNode echoed = EngineApi.JSON.readTree(engine.api()
                .post(
                        "/api/application-entities/"
                                + URLEncoder.encode(title, StandardCharsets.UTF_8)
                                        .replace("+", "%20") + "/echo",
                        "{}")
                .body());
        assertThat(echoed.path("aeTitle").asText()).as(echoed.toString()).isEqualTo(title);
        assertThat(metrics())
                .anyMatch(line -> line.startsWith("collimator_worklist_queries_total{outcome=\"answered\",peer=\""
                        + title.replace("\"", "\\\"") + "\"}"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void names_and_texts_leave_as_they_came(String value) {
        String accession = "VALUE" + VALUES.indexOf(value);
        String name = "TEST^" + value;
        send(Messages.order(accession)
                .replace("TEST^" + accession, name)
                .replace("CT ABDOMEN", value)
                .replace("PID-" + accession + "^", value + "^"));

        try (Scanner modality = new Scanner(new AeTitle("CT1"))) {
            DataSet entry = modality.entryOf(engine, accession);
            assertThat(entry.text(Tags.PatientName)).isEqualTo(name);
            assertThat(entry.text(Tags.PatientID)).isEqualTo(value);
            assertThat(modality.stepOf(engine, accession).text(Tags.ScheduledProcedureStepDescription))
                    .isEqualTo(value);
            modality.begin(engine, accession);
        }

        assertThat(engine.api().accession(accession).at("/patient/name").asText())
                .isEqualTo(name);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted(accession)).containsExactly("SC", "IP"));
        assertThat(ris.taken())
                .filteredOn(one -> one.field("OBR", 18).equals(accession))
                .allSatisfy(one -> {
                    assertThat(one.field("PID", 5)).isEqualTo(name);
                    assertThat(one.field("PID", 3)).startsWith(value + "^");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%", "_____", "' OR '1'='1", "KEY') OR 1=1 --", "K%", "KEY_", "[A-Z]*", "KEY1' UNION SELECT 1"})
    void a_key_is_matched_as_dicom_has_it_and_not_as_sql(String key) {
        send(Messages.order("KEY1"));
        for (Tag tag : List.of(Tags.AccessionNumber, Tags.PatientID, Tags.PatientName)) {
            assertThat(find(Dictionary.dataSet().put(tag, key).build()).matches())
                    .isEmpty();
        }
        assertThat(find(Dictionary.dataSet().put(Tags.AccessionNumber, "KEY1").build())
                        .matches())
                .hasSize(1);
    }

    @Test
    void a_wildcard_finds_the_signs_that_sql_would_take_for_wildcards() {
        send(Messages.order("SIGN1").replace("TEST^SIGN1", "100%_O'SHEA^A\\T\\B"));
        send(Messages.order("SIGN2").replace("TEST^SIGN2", "100XYO SHEA^AB"));

        assertThat(find(Dictionary.dataSet().put(Tags.PatientName, "100%_*").build())
                        .matches())
                .singleElement()
                .satisfies(entry -> assertThat(entry.text(Tags.PatientName)).isEqualTo("100%_O'SHEA^A&B"));
        assertThat(find(Dictionary.dataSet()
                                .put(Tags.PatientName, "100??O?SHEA^*")
                                .build())
                        .matches())
                .hasSize(2);
    }

    @Test
    void line_ends_and_escape_sequences_in_what_peers_send_begin_no_line_of_the_log() {
        String evil = "X\u001B[2J\u0085\u2028\u202E";
        engine.send(Messages.order("EVIL1")
                .replace("EVIL1-NW", evil)
                .replace("|P|2.3.1\n", "|P|2.3.1||||||UNICODE UTF-8\n"));
        engine.send(Messages.order("EVIL2").replace("|NORTHRIS|", "|NO\\X0D0A\\FAKE LOG|"));
        engine.send(Messages.order("EVIL\\X0D0A\\FAKE LOG").replace("EVIL\\X0D0A\\FAKE LOG-NW", "EVIL4-NW"));
        engine.send("MSH|^~\\&|A|B|C|D|2026||ORM^O01\u001B]0;x\u0007|" + evil + "|P|2.3.1\n");

        String fake = "\r\n2026-11-22T10:00:00.000Z INFO  [main] io.collimator FAKE LOG";
        send(Messages.order("EVIL3"));
        DataSet step = Dictionary.dataSet()
                .put(Tags.SpecificCharacterSet, "ISO_IR 192")
                .put(Tags.PatientName, "A" + fake)
                .put(Tags.PatientID, "P" + fake)
                .put(Tags.PerformedProcedureStepID, "S" + fake)
                .put(Tags.PerformedStationAETitle, "CT1")
                .put(Tags.PerformedProcedureStepStatus, "IN PROGRESS")
                .put(Tags.Modality, "CT")
                .items(
                        Tags.ScheduledStepAttributesSequence,
                        Dictionary.dataSet()
                                .put(Tags.AccessionNumber, "EVIL3")
                                .put(Tags.StudyInstanceUID, Messages.studyOf("EVIL3"))
                                .put(Tags.ScheduledProcedureStepID, "SPSEVIL3" + fake)
                                .build())
                .build();
        try (DicomAssociation association = open(new AeTitle("CT1"), Uids.ModalityPerformedProcedureStep)) {
            association.create(Uids.ModalityPerformedProcedureStep, new Uid("1.2.3.4"), step);
            association.find(
                    MWL,
                    Dictionary.dataSet().put(Tags.AccessionNumber, "A" + fake).build(),
                    10);
        }

        assertThat(log.lines()).noneMatch(line -> line.startsWith("2026-11-22T10:00:00.000Z"));
        assertThat(log.forged()).isEmpty();
    }

    @Test
    void titles_and_uids_that_are_none_are_refused_and_begin_no_line_of_the_log() throws IOException {
        for (String calling : List.of("\r\nFAKE LOG\r\n1", "\u001B[2J", "A\\B", "\u0000\u0000", "\u00FF\u00FE", "")) {
            assertThat(RawAssociation.request(engine.dicom().port(), calling))
                    .as("rejected, A-ASSOCIATE-RJ")
                    .isEqualTo(RawAssociation.REJECTED);
        }
        for (String uid : List.of("../../etc/passwd", "1.2.3\r\nFAKE LOG1", "${jndi:ldap://x}", "'; DROP TABLE--1")) {
            assertThat(RawAssociation.setOn(engine.dicom().port(), uid))
                    .as("status for " + uid)
                    .isEqualTo(0x0117);
        }
        assertThat(log.forged()).isEmpty();
    }

    @Test
    void a_new_title_each_time_grows_neither_metrics_nor_peers() throws IOException {
        int series = metrics().size();
        String peers = engine.api().get("/api/application-entities").body();

        for (int i = 0; i < 200; i++) {
            assertThat(RawAssociation.request(engine.dicom().port(), "STRANGER" + i))
                    .isEqualTo(RawAssociation.REJECTED);
            engine.send(Messages.order("GROW").replace("|NORTHRIS|NORTH GENERAL|", "|RIS%d|SITE%d|".formatted(i, i)));
        }

        // what the orders themselves bring: refusals by code and the like
        assertThat(metrics().size()).isLessThan(series + 40);
        assertThat(String.join("\n", metrics())).doesNotContain("STRANGER", "RIS1");
        assertThat(engine.api().get("/api/application-entities").body()).isEqualTo(peers);
    }

    /** The lines of the exposition, each of which must be well formed. */
    private static List<String> metrics() {
        List<String> lines = engine.api().get("/metrics").body().lines().toList();
        assertThat(lines)
                .allMatch(line -> line.startsWith("# ")
                        || line.matches("[a-zA-Z_:][\\w:]*(\\{(\\w+=\"([^\"\\\\]|\\\\[\\\\\"n])*\",?)*})? [-+\\w.]+"));
        return lines;
    }

    private static void send(String message) {
        assertThat(engine.send(message).code()).isEqualTo("AA");
    }

    private static FindResult find(DataSet keys) {
        DataSet identifier = keys.contains(Tags.PatientName)
                ? keys
                : Dictionary.dataSet(keys).put(Tags.PatientName).build();
        try (DicomAssociation association = open(new AeTitle("CT1"), MWL)) {
            return association.find(MWL, identifier, 1_000);
        }
    }

    private static DicomAssociation open(AeTitle calling, Uid sopClass) {
        return MODALITIES.open(new AssociationRequest(
                calling,
                engine.dicom().aeTitle(),
                engine.dicom().host(),
                engine.dicom().port(),
                Stream.of(sopClass, MWL)
                        .distinct()
                        .map(PresentationContextProposal::scu)
                        .toList(),
                ServiceHandlers.none(),
                DicomLimits.defaults()));
    }
}
