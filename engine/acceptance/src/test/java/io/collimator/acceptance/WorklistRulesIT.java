package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.CommandLine;
import io.collimator.acceptance.engine.CommandLine.Said;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The worklist as the standard has it, over real associations, over HTTP and from the command line. */
class WorklistRulesIT {

    private static final int ALL_MATCHES = 1_000;
    private static final int MAX_RESPONSES = 20;
    private static final int ORDERS = 25;

    @TempDir
    private static Path folder;

    private static final NettyDicomProvider MODALITIES = new NettyDicomProvider();
    private static EngineUnderTest engine;
    private static TestHome home;

    @BeforeAll
    static void order() {
        home = TestHome.create(folder).withStation("CT", "CT1").write("config/application-entities.yaml", """
                        applicationEntities:
                          CT1:
                            services: [worklist]
                          LATIN:
                            services: [worklist]
                            characterSet: ISO_IR 100
                          CUT:
                            services: [worklist]
                            truncateWorklist: true
                        """);
        engine = EngineUnderTest.start(
                home,
                Map.of(
                        "collimator.worklist.max-responses", Integer.toString(MAX_RESPONSES),
                        "collimator.dicom.ae-title-aliases", "MWL, RIS_MWL",
                        "collimator.dicom.ae-title-case-sensitive", "false"));
        for (int i = 0; i < ORDERS; i++) {
            send(Messages.order("RULE%02d".formatted(i)));
        }
        send(named("LATIN1", "M\u00DCLLER^J\u00D6RG"));
        send(named("CYRIL1", "\u0418\u0412\u0410\u041D\u041E\u0412^\u041F\u0401\u0422\u0420"));
    }

    @AfterAll
    static void stop() {
        engine.close();
        MODALITIES.close();
    }

    @ParameterizedTest
    @CsvSource({"CT1, COLLIMATOR", "CT1, MWL", "ct1, ris_mwl", "cT1, collimator"})
    void we_are_called_by_every_title_of_ours_whatever_its_case(String calling, String called) {
        assertThat(find(calling, called, accession("RULE01"), ALL_MATCHES).matches())
                .hasSize(1);
    }

    @Test
    void another_title_is_not_ours() {
        assertThatThrownBy(() -> find("CT1", "ELSEWHERE", accession("RULE01"), ALL_MATCHES))
                .isInstanceOf(AssociationException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00400002 | -",
                "00400002 | 20261301",
                "00400002 | 2026*",
                "00400003 | -",
                "00400003 | 25",
                "00400003 | 10?0",
            })
    void a_malformed_key_of_the_step_fails_by_name(String tag, String value) {
        FindResult result = find("CT1", step(Tag.parse(tag), value));

        assertThat(result.status().code()).isEqualTo(0xA900);
        assertThat(result.status().offendingElements()).containsExactly(Tag.parse(tag));
        assertThat(result.status().errorComment()).isNotBlank();
        assertThat(result.matches()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0020000D, 1.2.*", "00100030, 19800101-19800199", "00101030, 7?"})
    void a_malformed_key_of_the_entry_fails_by_name(String tag, String value) {
        FindResult result = find("CT1", key(Tag.parse(tag), value));

        assertThat(result.status().code()).isEqualTo(0xA900);
        assertThat(result.status().offendingElements()).containsExactly(Tag.parse(tag));
    }

    @Test
    void an_empty_identifier_cannot_be_processed() {
        FindResult result = find("CT1", DataSet.empty());

        assertThat(result.status().code()).isEqualTo(0xC000);
    }

    @Test
    void a_list_that_is_too_long_fails_before_its_first_entry() {
        FindResult result = find("CT1", step(Tags.Modality, "CT"));

        assertThat(result.status().code()).isEqualTo(0xA700);
        assertThat(result.status().errorComment()).contains("20");
        assertThat(result.matches()).isEmpty();
    }

    @Test
    void a_peer_that_wants_it_gets_the_first_entries_of_a_list_that_is_too_long() {
        FindResult result = find("CUT", step(Tags.Modality, "CT"));

        assertThat(result.status().isSuccess()).isTrue();
        assertThat(result.matches()).hasSize(MAX_RESPONSES);
    }

    @Test
    void a_cancelled_query_ends_and_the_association_serves_the_next() {
        try (DicomAssociation association = open("CUT", "MWL")) {
            FindResult cancelled =
                    association.find(Uids.ModalityWorklistInformationModelFind, step(Tags.Modality, "CT"), 2);
            FindResult next =
                    association.find(Uids.ModalityWorklistInformationModelFind, accession("RULE02"), ALL_MATCHES);

            assertThat(cancelled.status().code()).isIn(0xFE00, 0x0000);
            assertThat(next.matches()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "CT1, none, RULE01, none",
                "CT1, none, LATIN1, ISO_IR 192",
                "CT1, ISO_IR 100, LATIN1, ISO_IR 100",
                "CT1, ISO_IR 100, CYRIL1, ISO_IR 192",
                "CT1, ISO_IR 192, CYRIL1, ISO_IR 192",
                "LATIN, ISO_IR 192, LATIN1, ISO_IR 100",
                "LATIN, none, CYRIL1, ISO_IR 192",
            })
    void names_come_in_a_set_that_the_peer_reads_and_that_has_them(
            String calling, String declared, String accession, String answered) {
        // given
        DataSet.Builder keys = Dictionary.dataSet(accession(accession));
        if (declared != null) {
            keys.put(Tags.SpecificCharacterSet, declared);
        }

        // when
        DataSet match = find(calling, keys.build()).matches().get(0);

        // then
        assertThat(match.text(Tags.SpecificCharacterSet)).isEqualTo(answered == null ? "" : answered);
        assertThat(match.text(Tags.PatientName))
                .doesNotContain("?")
                .isIn(
                        "TEST^" + accession,
                        "M\u00DCLLER^J\u00D6RG",
                        "\u0418\u0412\u0410\u041D\u041E\u0412^\u041F\u0401\u0422\u0420");
    }

    @ParameterizedTest
    @ValueSource(strings = {"muller*", "M\u00DCLLER^JORG", "m\u00FCller^j\u00F6rg^^", "*rg"})
    void a_name_is_found_without_its_accents(String name) {
        DataSet keys = Dictionary.dataSet(key(Tags.PatientName, name))
                .put(Tags.SpecificCharacterSet, "ISO_IR 192")
                .put(Tags.AccessionNumber)
                .build();

        assertThat(find("CT1", keys).matches())
                .extracting(match -> match.text(Tags.AccessionNumber))
                .containsExactly("LATIN1");
    }

    @Test
    void an_item_of_keys_matches_one_item_and_brings_what_it_names() {
        // given
        DataSet code = Dictionary.dataSet().put(Tags.CodeValue, "CTABD").build();
        DataSet keys = Dictionary.dataSet(accession("RULE03"))
                .items(Tags.RequestedProcedureCodeSequence, code)
                .build();
        DataSet other = Dictionary.dataSet(accession("RULE03"))
                .items(
                        Tags.RequestedProcedureCodeSequence,
                        Dictionary.dataSet().put(Tags.CodeValue, "CTHEAD").build())
                .build();

        // when
        List<DataSet> matches = find("CT1", keys).matches();

        // then
        assertThat(matches).hasSize(1);
        assertThat(matches.get(0).items(Tags.RequestedProcedureCodeSequence)).containsExactly(code);
        assertThat(find("CT1", other).matches()).isEmpty();
    }

    @Test
    void a_sequence_without_keys_comes_whole_and_one_that_was_not_asked_for_does_not_come() {
        DataSet withoutItem = Dictionary.dataSet(accession("RULE04"))
                .items(Tags.ScheduledProcedureStepSequence)
                .build();
        DataSet withEmptyItem = Dictionary.dataSet(accession("RULE04"))
                .items(Tags.ScheduledProcedureStepSequence, DataSet.empty())
                .build();

        DataSet bare = find("CT1", accession("RULE04")).matches().get(0);
        DataSet one = find("CT1", withoutItem).matches().get(0);
        DataSet other = find("CT1", withEmptyItem).matches().get(0);

        assertThat(bare.contains(Tags.ScheduledProcedureStepSequence)).isFalse();
        assertThat(one.item(Tags.ScheduledProcedureStepSequence).text(Tags.Modality))
                .isEqualTo("CT");
        assertThat(one).isEqualTo(other);
    }

    @Test
    void a_key_that_no_worklist_has_is_left_out_and_does_not_narrow_the_list() {
        DataSet keys = Dictionary.dataSet(accession("RULE05"))
                .put(Tags.StationName, "NOWHERE")
                .build();

        FindResult result = find("CT1", keys);

        assertThat(result.matches()).hasSize(1);
        assertThat(result.matches().get(0).contains(Tags.StationName)).isFalse();
    }

    @Test
    void the_api_shows_what_a_modality_gets() throws IOException {
        // given
        String today = LocalDate.now(ZoneOffset.UTC).toString();

        // when
        JsonNode page = json(engine.api()
                .get("/api/worklist?station=ct1&date=" + today
                        + "&modality=CT&accessionNumber=RULE06&patientId=PID-RULE06"));

        // then
        JsonNode entry = page.path("items").path(0);
        assertThat(page.path("items")).hasSize(1);
        assertThat(entry.at("/00080050/Value/0").asText()).isEqualTo("RULE06");
        assertThat(entry.at("/00100010/Value/0/Alphabetic").asText()).isEqualTo("TEST^RULE06");
        assertThat(entry.at("/00400100/Value/0/00400020/Value/0").asText()).isEqualTo("SCHEDULED");
        assertThat(json(engine.api().get("/api/worklist?date=2000-01-01/2000-12-31"))
                        .path("items"))
                .isEmpty();
    }

    @Test
    void the_api_gives_the_whole_list_page_by_page() throws IOException {
        // given
        List<String> seen = new ArrayList<>();
        String next = "";

        // when
        do {
            JsonNode page = json(engine.api().get("/api/worklist?limit=10&accessionNumber=RULE*" + next));
            page.path("items")
                    .forEach(item -> seen.add(item.at("/00080050/Value/0").asText()));
            next = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asText();
        } while (!next.isEmpty());

        // then
        assertThat(seen).hasSize(ORDERS).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"date=-", "date=2026-13-01", "limit=0", "after=nonsense", "accessionNumber=%00"})
    void the_api_refuses_what_is_malformed(String query) throws IOException {
        HttpResponse<String> response = engine.api().get("/api/worklist?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("detail").asText()).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void metrics_tell_how_queries_ended_and_how_many_steps_are_hidden() {
        find("CT1", accession("RULE07"));
        find("CT1", step(Tags.ScheduledProcedureStepStartDate, "-"));

        String metrics = engine.api().get("/metrics").body();

        assertThat(metrics)
                .contains("collimator_worklist_hidden_steps 0.0")
                .contains("collimator_worklist_queries_total{outcome=\"answered\",peer=\"CT1\"}")
                .contains("collimator_worklist_queries_total{outcome=\"malformed\",peer=\"CT1\"}");
    }

    @Test
    void find_prints_dicom_json_when_asked_to() throws IOException {
        Said said = new CommandLine(engine, home)
                .offline(
                        "find",
                        "--json",
                        "--accession",
                        "RULE08",
                        "--to",
                        "MWL@127.0.0.1:" + engine.dicom().port());

        JsonNode entries = EngineApi.JSON.readTree(said.out());
        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(entries).hasSize(1);
        assertThat(entries.at("/0/00080050/Value/0").asText()).isEqualTo("RULE08");
    }

    @Test
    void trace_prints_what_the_api_says_when_asked_for_json() throws IOException {
        Said said = new CommandLine(engine, home).run("trace", "--json", "RULE09");

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(EngineApi.JSON.readTree(said.out())).isEqualTo(engine.api().accession("RULE09"));
    }

    private static void send(String message) {
        assertThat(engine.send(message).code()).isEqualTo("AA");
    }

    private static String named(String accession, String name) {
        return Messages.order(accession)
                .replace("|P|2.3.1\n", "|P|2.3.1||||||UNICODE UTF-8\n")
                .replace("TEST^" + accession, name);
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return EngineApi.JSON.readTree(response.body());
    }

    private static DataSet accession(String accession) {
        return Dictionary.dataSet()
                .put(Tags.AccessionNumber, accession)
                .put(Tags.PatientName)
                .build();
    }

    private static DataSet key(Tag tag, String value) {
        return Dictionary.dataSet().put(tag, value).build();
    }

    private static DataSet step(Tag tag, String value) {
        return Dictionary.dataSet()
                .put(Tags.AccessionNumber)
                .items(Tags.ScheduledProcedureStepSequence, key(tag, value))
                .build();
    }

    private static FindResult find(String calling, DataSet identifier) {
        return find(calling, "COLLIMATOR", identifier, ALL_MATCHES);
    }

    private static FindResult find(String calling, String called, DataSet identifier, int maxMatches) {
        try (DicomAssociation association = open(calling, called)) {
            return association.find(Uids.ModalityWorklistInformationModelFind, identifier, maxMatches);
        }
    }

    private static DicomAssociation open(String calling, String called) {
        return MODALITIES.open(new AssociationRequest(
                new AeTitle(calling),
                new AeTitle(called),
                engine.dicom().host(),
                engine.dicom().port(),
                List.of(PresentationContextProposal.scu(Uids.ModalityWorklistInformationModelFind)),
                ServiceHandlers.none(),
                DicomLimits.defaults()));
    }
}
