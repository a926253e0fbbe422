package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.Acknowledgement;
import io.collimator.acceptance.engine.CommandLine;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.RawMllp;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes to the edge and is not as it should be: characters, codes, frames, and what nobody wants. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeOfIntakeContract {

    private static final String SENDERS = """
            senders:
              default:
                description: Everyone else
              TALKATIVE:
                match: {application: TALKATIVE}
                ignore: [ADT^A31, ORU, MDM]
              POLISH:
                match: {application: POLISH}
                character-set: windows-1250
            """;

    static final Map<String, String> SETTINGS = Map.of(
            "collimator.hl7.processing-ids", "P,(empty)",
            "collimator.hl7.max-segments", "3000",
            "collimator.worklist.hide-after-days", "3650");

    abstract IntakeHouse house();

    static TestHome changed(TestHome home) {
        String table = home.read("mapping/tables/order-control.csv")
                .replaceAll("(?m)^([A-Z*]+,[A-Z*]+,.*)$", "$1,")
                .replace("refused-reply\n", "refused-reply,when\n");
        return home.write("mapping/senders.yaml", SENDERS)
                .write(
                        "mapping/tables/order-control.csv",
                        table + "NW,*,ignore,,,,OBR-24 is LAB\n*,*,ignore,,,,PV1-2 is E\n")
                .write("mapping/tables/modalities.csv", "from,to\nULTRASOUND-NECK,US\n");
    }

    // ---- characters ----

    @ParameterizedTest
    @CsvSource({
        "C1A, RIS, 8859/1, ISO-8859-1, O\u0092Brien, O\u2019Brien",
        "C1B, RIS, '', ISO-8859-1, \u008aimi\u009e, \u0160imi\u017e",
        "C1C, RIS, 8859/9, ISO-8859-9, \u015ea\u0092in, \u015ea\u2019in",
        "C1D, RIS, UNICODE UTF-8, UTF-8, O\u0092Brien, OBrien",
        "C1E, RIS, 8859/2, ISO-8859-2, Nov\u0085\u00e1k, Nov\u00e1k",
        "C1F, POLISH, 8859/2, windows-1250, \u015awi\u0105tek, \u015awi\u0105tek",
        "C1G, POLISH, '', windows-1250, \u017b\u00f3\u0142\u015b, \u017b\u00f3\u0142\u015b",
        "C1H, RIS, 8859/1, ISO-8859-1, O\\X92\\Brien, O\u2019Brien"
    })
    void no_c1_control_reaches_the_worklist(
            String accession, String sender, String declared, String written, String family, String expected) {
        Er7 order = Er7.order(accession)
                .set("MSH", 3, sender)
                .set("MSH", 18, declared)
                .set("PID", 5, family + "^ANN")
                .set("OBR", 31, "SEE " + family);

        assertThat(send(order.toString(), Charset.forName(written), "\u001c\r").code())
                .isEqualTo("AA");

        DataSet entry = house().entry(accession);
        assertThat(entry.text(Tags.PatientName)).isEqualTo(expected + "^ANN");
        assertThat(entry.text(Tags.ReasonForTheRequestedProcedure)).isEqualTo("SEE " + expected);
    }

    @Test
    void a_key_with_a_control_character_is_refused_and_a_warning_is_counted_by_sender() {
        Er7 order = Er7.order("C1K").set("MSH", 18, "UNICODE UTF-8").set("OBR", 18, "C1\u0085K");

        assertThat(send(order.toString(), StandardCharsets.UTF_8, "\u001c\r").verdict())
                .isEqualTo("AE 102 OBR-18");
        house().accept(Er7.order("C1L").set("MSH", 18, "8859/1").set("PID", 5, "D\u0092OE^JOHN"));
        assertThat(metrics())
                .contains("collimator_messages_leniency_total{kind=\"character-set\",profile=\"default\"}");
    }

    // ---- code strings ----

    @ParameterizedTest
    @ValueSource(strings = {"ULTRASOUND-ABDOMEN", "X-RAY", "CT/MR"})
    void a_modality_that_is_none_is_refused_by_name(String modality) {
        Acknowledgement answer = house().send(Er7.order("MOD1").set("OBR", 24, modality));

        assertThat(answer.verdict()).isEqualTo("AE 103 OBR-24");
        assertThat(answer.text()).contains(modality, "modalities.csv");
        assertThat(house().isKnown("MOD1")).isFalse();
    }

    @Test
    void a_modality_with_a_row_is_what_the_row_says() {
        house().accept(Er7.order("MOD2").set("OBR", 24, "ultrasound-neck"));

        assertThat(house().stepValue("MOD2", Tags.Modality)).isEqualTo("US");
    }

    // ---- ignored ----

    @ParameterizedTest
    @CsvSource({"ADT^A31, 2.5.1", "ORU^R01, 2.5.1", "MDM^T02, 2.2"})
    void what_a_sender_lists_is_acknowledged_and_changes_nothing(String kind, String version) {
        house().accept(Er7.order("IGN1"));
        String before = house().value("IGN1", Tags.PatientName);
        Er7 message = Er7.of("MSH|^~\\&|TALKATIVE|SITE|COLLIMATOR|RAD|20261122||" + kind + "|T-" + kind + "|P|"
                + version + "\nPID|||PID-IGN1||OTHER^NAME\n");

        assertThat(house().send(message).code()).isEqualTo("AA");
        assertThat(house().send(message).code()).isEqualTo("AA");

        assertThat(house().value("IGN1", Tags.PatientName)).isEqualTo(before);
        assertThat(metrics()).contains("collimator_messages_ignored_total{by=\"sender\",profile=\"TALKATIVE\"}");
    }

    @Test
    void what_is_not_served_raises_one_exception_a_sender_and_day_and_is_counted() {
        for (String event : List.of("A09", "A10", "A14", "A15", "A16", "A20", "A21", "A22")) {
            assertThat(house().send(unserved("FEED", "ADT^" + event)).verdict()).isEqualTo("AR 201 MSH-9");
        }
        assertThat(house().send(unserved("FEED", "MDM^T02")).verdict()).isEqualTo("AR 200 MSH-9");
        assertThat(house().send(unserved("FEED2", "ADT^A09")).verdict()).isEqualTo("AR 201 MSH-9");
        assertThat(house().send(unserved("TALKATIVE", "MDM^T02")).code()).isEqualTo("AA");

        assertThat(exceptionsOf("FEED|SITE"))
                .singleElement()
                .satisfies(exception ->
                        assertThat(exception.path("summary").asText()).contains("ADT^A09-FEED", "served:", "ignore"));
        assertThat(exceptionsOf("FEED2|SITE")).hasSize(1);
        assertThat(exceptionsOf("TALKATIVE|SITE")).isEmpty();
        assertThat(metrics())
                .contains("collimator_messages_not_served_total{event=\"ADT^A22\",profile=\"default\"} 1.0")
                .contains("collimator_messages_not_served_total{event=\"ADT^A09\",profile=\"default\"} 2.0");
    }

    private static Er7 unserved(String application, String kind) {
        return Er7.of("MSH|^~\\&|" + application + "|SITE|COLLIMATOR|RAD|20261122||" + kind + "|" + kind + "-"
                + application + "|P|2.5.1\nPID|||1||A^B\n");
    }

    private List<JsonNode> exceptionsOf(String source) {
        List<JsonNode> found = new ArrayList<>();
        house().api().exceptions().forEach(exception -> {
            if (exception.path("source").asText().equals(source)) {
                found.add(exception);
            }
        });
        return found;
    }

    @Test
    void an_enhanced_sender_gets_ca() {
        Er7 message = Er7.of(
                "MSH|^~\\&|TALKATIVE|SITE|COLLIMATOR|RAD|20261122||ADT^A31|CA-1|P|2.5.1|||AL|NE\nPID|||1||A^B\n");

        assertThat(house().send(message).code()).isEqualTo("CA");
    }

    @Test
    void an_order_that_meets_a_condition_is_ignored_until_it_is_known() {
        Er7 laboratory = Er7.order("IGN2").set("OBR", 24, "LAB");
        Er7 emergency = Er7.order("IGN3").after("PID", "PV1||E");
        Er7 cancel = Er7.order("IGN4", "CA").after("PID", "PV1||E");

        assertThat(house().send(laboratory).code()).isEqualTo("AA");
        assertThat(house().send(emergency).code()).isEqualTo("AA");
        assertThat(house().send(cancel).code()).isEqualTo("AA");
        assertThat(house().isKnown("IGN2")).isFalse();
        assertThat(house().isKnown("IGN3")).isFalse();

        house().accept(Er7.order("IGN4").after("PID", "PV1||I"));
        assertThat(house().isListed("IGN4")).isTrue();
        house().accept(cancel.set("MSH", 10, "LATER").set("MSH", 7, "20991231"));

        assertThat(house().isListed("IGN4")).isFalse();
        assertThat(metrics())
                .contains("collimator_messages_ignored_total{by=\"order-control\",profile=\"default\"} 3.0");
    }

    @Test
    void of_several_orders_only_those_are_left_out_that_meet_it() {
        house().accept(Er7.order("IGN5").set("OBR", 24, "LAB").and(Er7.order("IGN6")));

        assertThat(house().isKnown("IGN5")).isFalse();
        assertThat(house().isListed("IGN6")).isTrue();
    }

    // ---- the end of a connection ----

    @ParameterizedTest
    @CsvSource({"ENDA, 3, ''", "ENDB, 10, ''", "ENDC, 10, NE", "ENDD, 40, NE"})
    void what_came_whole_before_the_sender_closed_is_on_the_list(String name, int count, String wish) {
        try (RawMllp sender = new RawMllp(house().engine().engine().mllp())) {
            sender.send(frames(name, count, wish));
        }

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listed(name, count)).isEqualTo(count));
    }

    @Test
    void a_sender_that_ends_its_side_only_gets_its_answers_and_the_end() {
        try (RawMllp sender = new RawMllp(house().engine().engine().mllp())) {
            sender.send(frames("HALF", 10, "")).endOutput();

            for (int i = 0; i < 10; i++) {
                assertThat(sender.acknowledgement().verdict()).isEqualTo("AA");
            }
            assertThat(sender.answer()).isEmpty();
        }
        assertThat(listed("HALF", 10)).isEqualTo(10);
    }

    @Test
    void a_frame_that_was_cut_is_counted_and_those_before_it_are_on_the_list() {
        try (RawMllp sender = new RawMllp(house().engine().engine().mllp())) {
            sender.send(frames("CUT", 2, "NE")).send(frame(Er7.order("CUT2").toString(), ""));
        }

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(metrics()).contains("{kind=\"frame-without-end\"} 1.0"));
        assertThat(listed("CUT", 3)).isEqualTo(2);
        assertThat(metrics()).contains("collimator_mllp_losses_total{kind=\"answer-not-written\"}");
    }

    private static byte[] frames(String name, int count, String wish) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            Er7 order = Er7.order(name + i).set("MSH", 15, wish).set("MSH", 16, wish);
            all.append(new String(frame(order.toString(), "\u001c\r"), StandardCharsets.ISO_8859_1));
        }
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private long listed(String name, int count) {
        return IntStream.range(0, count).filter(i -> house().isListed(name + i)).count();
    }

    // ---- segments and messages that were cut ----

    @Test
    void add_goes_on_where_the_segment_before_it_ended() {
        house().accept(Er7.order("ADD1")
                .append("NTE|1||patient is allergic to ")
                .append("ADD|latex gloves"));
        house().accept(Er7.order("ADD2")
                .append("NTE|1||bring the ")
                .append("ADD|old ")
                .append("ADD|films \\T")
                .append("ADD|\\ reports"));
        house().accept(Er7.order("ADD3")
                .set("OBR", 31, "")
                .after("OBR", "ADD|ee")
                .after("OBR", "ADD|^pain in the left kn"));

        assertThat(house().value("ADD1", Tags.RequestedProcedureComments))
                .isEqualTo("patient is allergic to latex gloves");
        assertThat(house().value("ADD2", Tags.RequestedProcedureComments)).isEqualTo("bring the old films & reports");
        assertThat(house().value("ADD3", Tags.ReasonForTheRequestedProcedure)).isEqualTo("pain in the left knee");
    }

    @Test
    void map_shows_it_joined() {
        TestHome home = house().engine().home();
        home.write(
                "add.hl7",
                Er7.order("ADD5")
                        .append("NTE|1||walks with ")
                        .append("ADD|a stick")
                        .toString());

        CommandLine.Said said = new CommandLine(house().engine(), home)
                .offline("map", home.root().resolve("add.hl7").toString());

        assertThat(said.exitCode()).isZero();
        assertThat(said.out()).contains("walks with a stick");
    }

    @Test
    void a_message_with_add_that_is_sent_again_is_a_repetition() {
        Er7 order = Er7.order("ADD4").append("NTE|1||one ").append("ADD|two");
        house().accept(order);
        int before = house().api().accession("ADD4").path("timeline").size();

        house().accept(order);

        assertThat(house().api().accession("ADD4").path("timeline")).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({"FRG1, DSC|77|F, '', AE 100 DSC-1", "FRG2, ADD|, '', AE 100 ADD", "FRG3, NTE|1||rest, 77, AE 100 MSH-14"
    })
    void a_part_of_a_message_is_refused_whole(String accession, String last, String pointer, String expected) {
        Acknowledgement answer = house().send(Er7.order(accession)
                .set("MSH", 12, "2.5.1")
                .set("MSH", 14, pointer)
                .append(last));

        assertThat(answer.verdict()).isEqualTo(expected);
        assertThat(answer.text()).contains("send the message whole");
        assertThat(house().isKnown(accession)).isFalse();
    }

    @Test
    void several_messages_in_one_frame_are_each_taken_and_answered_in_one_frame() {
        String frame = Er7.order("ROW1").toString() + Er7.order("ROW2", "CA") + Er7.order("ROW3");

        String answer = house().send(frame).text();

        assertThat(answer.lines().filter(line -> line.startsWith("MSA|")).map(line -> line.substring(0, 11)))
                .containsExactly("MSA|AA|ROW1", "MSA|AE|ROW2", "MSA|AA|ROW3");
        assertThat(house().isListed("ROW1")).isTrue();
        assertThat(house().isListed("ROW3")).isTrue();
    }

    // ---- frames and limits ----

    @ParameterizedTest
    @CsvSource({"FRM1, '\u001c'", "FRM2, '\u001c\n'"})
    void a_frame_without_cr_is_taken_and_counted(String accession, String end) {
        Acknowledgement answer = send(Er7.order(accession).toString(), StandardCharsets.ISO_8859_1, end);

        assertThat(answer.code()).isEqualTo("AA");
        assertThat(house().isListed(accession)).isTrue();
        assertThat(metrics()).contains("kind=\"end-block\",");
    }

    @Test
    void a_frame_whose_end_is_not_sure_is_refused_and_the_connection_goes_on() {
        try (RawMllp sender = new RawMllp(house().engine().engine().mllp())) {
            sender.send(frame(Er7.order("FRM3").toString(), "\u001cX|1\r"));
            Acknowledgement refused = sender.acknowledgement();
            Acknowledgement taken = sender.frame(Er7.order("FRM4").toString()).acknowledgement();

            assertThat(refused.verdict()).isEqualTo("AE 102");
            assertThat(refused.controlId())
                    .isEqualTo(Er7.order("FRM3").toString().split("\\|")[9]);
            assertThat(taken.code()).isEqualTo("AA");
        }
        assertThat(house().isKnown("FRM3")).isFalse();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(house().api().exceptions().toString()).contains("FS CR"));
    }

    @ParameterizedTest
    @CsvSource({"PRC1, '', AA", "PRC2, P, AA", "PRC3, T, AR 202 MSH-11"})
    void a_message_without_processing_id_is_served_where_the_site_says_so(
            String accession, String id, String expected) {
        assertThat(house().send(Er7.order(accession).set("MSH", 11, id)).verdict())
                .isEqualTo(expected);
    }

    @Test
    void the_number_of_segments_is_the_sites() {
        StringBuilder notes = new StringBuilder();
        for (int i = 1; i <= 2_500; i++) {
            notes.append("ZZZ|").append(i).append('\n');
        }

        assertThat(house().send(Er7.order("SEG1") + notes.toString()).code()).isEqualTo("AA");
        assertThat(house().send(Er7.order("SEG2") + notes.toString() + notes).verdict())
                .isEqualTo("AE 100");
    }

    @Test
    void a_long_family_name_keeps_the_given_name() {
        house().accept(Er7.order("LNG1").set("PID", 5, "WOLFE".repeat(16) + "^HUBERT^B"));

        assertThat(house().value("LNG1", Tags.PatientName))
                .hasSizeLessThanOrEqualTo(64)
                .endsWith("^HUBERT^B");
    }

    // ---- a query whose keys do not stand in their place ----

    @ParameterizedTest
    @CsvSource({"CT1, CT, true", "FCR_1, CT, false", "CT1, CR, false", "'', '', true"})
    void a_flat_query_finds_what_it_would_find_in_the_sequence(String station, String modality, boolean expected) {
        house().accept(Er7.order("FLAT1"));

        FindResult result = house().ask(flat("FLAT1", station, modality).build());

        assertThat(result.matches()).hasSize(expected ? 1 : 0);
        assertThat(result.status().code()).isZero();
        result.matches()
                .forEach(match -> assertThat(
                                match.item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledStationAETitle))
                        .isEqualTo("CT1"));
        assertThat(metrics()).contains("collimator_dicom_sloppiness_total{kind=\"misplaced-key\",peer=\"CT1\"}");
    }

    @Test
    void a_key_at_the_root_and_in_the_sequence_with_different_values_is_refused() {
        FindResult result = house().ask(flat("FLAT1", "CT1", "CT")
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet().put(Tags.Modality, "MR").build())
                .build());

        assertThat(result.status().code()).isEqualTo(0xA900);
        assertThat(result.status().offendingElements()).containsExactly(Tags.Modality);
    }

    private static DataSet.Builder flat(String accession, String station, String modality) {
        return Dictionary.dataSet()
                .put(Tags.AccessionNumber, accession)
                .put(Tags.PatientName)
                .put(Tags.ScheduledStationAETitle, station)
                .put(Tags.Modality, modality);
    }

    private String metrics() {
        return house().api().get("/metrics").body();
    }

    private Acknowledgement send(String message, Charset charset, String end) {
        try (RawMllp sender = new RawMllp(house().engine().engine().mllp())) {
            return sender.send(frame(message, charset, end)).acknowledgement();
        }
    }

    private static byte[] frame(String message, String end) {
        return frame(message, StandardCharsets.ISO_8859_1, end);
    }

    private static byte[] frame(String message, Charset charset, String end) {
        return ("\u000b" + message.replace('\n', '\r') + end).getBytes(charset);
    }
}
