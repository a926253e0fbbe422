package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.QueueReader;
import io.collimator.hl7.outbound.OutboundValidation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ORU^R01: reports on their way through, never backwards, and no report of one exam for the sake of another. */
abstract class ResultsContract {

    private static final String HEADER = """
            MSH|^~\\&|REPORTS|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s150000||ORU^R01|%2$s|P|2.3.1
            PID|||PID-%3$s^^^NORTH||TEST^%3$s||19800101|F
            PV1||O|RAD^1
            """;
    private static final String GROUP = """
            ORC|RE|ORD-%1$s^NORTHRIS|FIL-%1$s^NORTHRAD
            OBR||ORD-%1$s^NORTHRIS|FIL-%1$s^NORTHRAD|%2$s^CT^99NORTH||||||||||||||%1$s||||%3$s||CT|%4$s
            OBX|1|TX|18782-3^Study report^LN||%5$s||||||%4$s
            NTE|1||Note on %1$s
            """;
    private static final String ABDOMEN = "CTABD";

    private static IntakeHouse house;
    private static QueueReader queues;
    private static int messages;

    static void open(Path folder, Map<String, String> settings) {
        house = IntakeHouse.open(folder, settings, home -> home);
        queues = house.engine().queues();
    }

    static void close() {
        queues.close();
        house.close();
    }

    @Test
    void a_report_goes_on_as_it_came_and_is_on_the_timeline() {
        house.accept(Er7.order("REP1"));
        Er7 report = report("REP1", "F", "1455");

        assertThat(house.send(report).verdict()).isEqualTo("AA");

        QueueReader.Taken taken = awaitResults("REP1", 1).get(0);
        assertThat(taken.body()).isEqualTo(report.toString().replace('\n', '\r'));
        assertThat(taken.eventType()).isEqualTo("result.final");
        assertThat(house.api().accession("REP1").path("timeline").findValuesAsText("kind"))
                .contains("result.received");
        assertThat(house.api().accession("REP1").path("procedureState").asText())
                .isEqualTo("SCHEDULED");
    }

    @Test
    void a_report_with_add_is_read_joined_and_goes_on_as_it_came() {
        house.accept(Er7.order("REP5"));
        String cut = report("REP5", "F", "1455")
                .toString()
                .replace("OBX|1|", "OBX|\nADD|1|")
                .replace("ventricles", "ventr\nADD|icles");

        assertThat(house.send(cut).verdict()).isEqualTo("AA");

        QueueReader.Taken taken = awaitResults("REP5", 1).get(0);
        assertThat(taken.body()).isEqualTo(cut.replace('\n', '\r'));
        assertThat(taken.eventType()).isEqualTo("result.final");
    }

    @Test
    void a_report_of_an_unknown_order_goes_on_too() {
        house.accept(report("REP2", "F", "1455"));

        Awaitility.await("the report of an order that nobody knows")
                .atMost(Duration.ofMinutes(1))
                .until(() -> queues.all().stream()
                        .anyMatch(taken -> taken.queue().equals(QueueReader.RESULTS)
                                && taken.body().contains("FIL-REP2")));
        assertThat(house.isKnown("REP2")).isFalse();
    }

    @Test
    void preliminary_final_and_corrected_go_on_in_their_order() {
        house.accept(Er7.order("REP3"));

        house.accept(report("REP3", "P", "1455"));
        house.accept(report("REP3", "F", "1455"));
        house.accept(report("REP3", "C", "1455"));

        assertThat(awaitResults("REP3", 3))
                .extracting(QueueReader.Taken::eventType)
                .containsExactly("result.preliminary", "result.final", "result.corrected");
    }

    @Test
    void a_late_preliminary_report_is_kept_and_goes_nowhere() {
        house.accept(Er7.order("REP4"));
        house.accept(report("REP4", "F", "1455"));

        house.accept(report("REP4", "P", "1455"));
        house.accept(report("REP4", "C", "1455"));

        assertThat(awaitResults("REP4", 2))
                .extracting(QueueReader.Taken::eventType)
                .containsExactly("result.final", "result.corrected");
        assertThat(exceptionsOf("REP4")).singleElement().asString().contains("result-out-of-order");
    }

    // ---- what takes a final report back ----

    @ParameterizedTest
    @CsvSource({
        "WD1, X, X, result.cancelled",
        "WD2, X, W, result.cancelled",
        "WD3, W, W, result.corrected",
        "WD4, D, D, result.corrected",
        "WD5, '', D, result.corrected",
        "WD6, C, C, result.corrected",
        "WD7, F, F, result.final"
    })
    void what_takes_a_final_report_back_goes_on(String accession, String code, String observation, String event) {
        house.accept(Er7.order(accession));
        house.accept(report(accession, "F", "1000"));

        house.accept(report(accession, code, "1030").set("OBX", 11, observation));

        assertThat(awaitResults(accession, 2))
                .extracting(QueueReader.Taken::eventType)
                .containsExactly("result.final", event);
        assertThat(exceptionsOf(accession)).isEmpty();
    }

    @Test
    void an_exam_that_is_reported_anew_after_its_report_was_withdrawn_goes_on() {
        house.accept(Er7.order("NEW1"));

        house.accept(report("NEW1", "F", "1000"));
        house.accept(report("NEW1", "X", "1030"));
        house.accept(report("NEW1", "P", "1100"));
        house.accept(report("NEW1", "F", "1130"));

        assertThat(awaitResults("NEW1", 4))
                .extracting(QueueReader.Taken::eventType)
                .containsExactly("result.final", "result.cancelled", "result.preliminary", "result.final");
    }

    @Test
    void a_final_report_that_is_newer_than_a_correction_goes_on_and_an_older_one_is_held() {
        house.accept(Er7.order("NEW2"));
        house.accept(report("NEW2", "F", "1000"));
        house.accept(report("NEW2", "C", "1030"));

        house.accept(report("NEW2", "F", "1015"));
        house.accept(report("NEW2", "F", "1045"));

        assertThat(awaitResults("NEW2", 3))
                .extracting(QueueReader.Taken::body)
                .noneMatch(body -> body.contains("1015||CT"));
        assertThat(exceptionsOf("NEW2")).singleElement().asString().contains("OBR 1 (CTABD^99NORTH)", "final");
    }

    @ParameterizedTest
    @CsvSource({
        // OBR-22 of a final report that was passed on, of another one, whether that is held
        "TZ1, 1200+0100, 1130+0000, false",
        "TZ2, 1200+0000, 1230+0100, true",
        "TZ3, 1200+0000, 1300+0100, false"
    })
    void times_with_offsets_are_compared_as_moments(String accession, String first, String second, boolean held) {
        house.accept(Er7.order(accession));
        house.accept(report(accession, "F", first));

        house.accept(report(accession, "F", second));

        assertThat(exceptionsOf(accession)).hasSize(held ? 1 : 0);
    }

    @Test
    void without_obr_22_the_time_of_the_message_decides() {
        house.accept(Er7.order("TM1"));
        Er7 report = report("TM1", "F", "").set("OBR", 22, "");
        house.accept(report.set("MSH", 7, Messages.today() + "1000"));

        house.accept(report.set("MSH", 7, Messages.today() + "0900")
                .set("MSH", 10, "TM1-OLDER")
                .set("OBX", 5, "older"));
        house.accept(report.set("MSH", 7, Messages.today() + "1100")
                .set("MSH", 10, "TM1-NEWER")
                .set("OBX", 5, "newer"));

        assertThat(awaitResults("TM1", 2).get(1).body()).contains("newer");
        assertThat(exceptionsOf("TM1")).singleElement().asString().contains("TM1-OLDER");
    }

    // ---- several results in one message ----

    @Test
    void a_correction_goes_on_beside_another_exam_s_late_result_which_is_named() {
        order("MIX1A", "MIX1");
        order("MIX1B", "MIX1");
        house.accept(message(
                "MIX1",
                group("MIX1A", ABDOMEN, "1000", "F", "No fracture."),
                group("MIX1B", ABDOMEN, "1000", "F", "Two.")));

        house.accept(message(
                "MIX1",
                group("MIX1A", ABDOMEN, "1030", "C", "FRACTURE."),
                group("MIX1B", ABDOMEN, "1000", "P", "Two?")));

        QueueReader.Taken correction = awaitResults("MIX1A", 2).get(1);
        assertThat(correction.eventType()).isEqualTo("result.corrected");
        assertThat(correction.body()).contains("FRACTURE.", "PV1||O|RAD^1").doesNotContain("MIX1B", "Two?");
        assertThat(awaitResults("MIX1B", 1)).hasSize(1);
        assertThat(exceptionsOf("MIX1A")).isEmpty();
        assertThat(exceptionsOf("MIX1B")).singleElement().asString().contains("OBR 2", "preliminary");
        assertThat(timeline("MIX1B")).contains("kept and not passed on");
    }

    @Test
    void of_one_exam_s_procedures_the_late_one_stays_and_the_rest_keeps_its_control_id() {
        order("MIX2", "MIX2");
        house.accept(message(
                "MIX2", group("MIX2", ABDOMEN, "1000", "F", "Liver."), group("MIX2", "CTHEAD", "1000", "P", "")));

        house.accept(message(
                "MIX2", group("MIX2", ABDOMEN, "0930", "F", "Older."), group("MIX2", "CTHEAD", "1030", "F", "Brain.")));

        QueueReader.Taken rest = awaitResults("MIX2", 2).get(1);
        assertThat(rest.body())
                .isEqualTo(message("MIX2", group("MIX2", "CTHEAD", "1030", "F", "Brain."))
                        .set("MSH", 10, "RES-" + (messages - 1))
                        .toString()
                        .replace('\n', '\r'));
    }

    @Test
    void another_patient_s_result_in_a_message_does_not_hold_back_the_right_one() {
        order("MIX3A", "MIX3");
        house.accept(Er7.order("MIX3B"));

        house.accept(message(
                "MIX3",
                group("MIX3A", ABDOMEN, "1000", "F", "Mine."),
                group("MIX3B", ABDOMEN, "1000", "F", "Not mine.")));

        assertThat(awaitResults("MIX3A", 1).get(0).body()).contains("Mine.").doesNotContain("MIX3B");
        assertThat(exceptionsOf("MIX3B")).singleElement().asString().contains("patient-mismatch");
        assertThat(queues.on(QueueReader.RESULTS, "MIX3B")).isEmpty();
    }

    @Test
    void a_report_on_two_exams_is_tied_to_both_and_keeps_its_place_among_the_messages_of_each() {
        order("TWO1A", "TWO1");
        order("TWO1B", "TWO1");
        house.accept(message("TWO1", group("TWO1A", ABDOMEN, "1000", "P", "One")));

        house.accept(message(
                "TWO1", group("TWO1B", ABDOMEN, "1010", "F", "Two"), group("TWO1A", ABDOMEN, "1010", "F", "One.")));
        house.accept(message("TWO1", group("TWO1B", ABDOMEN, "1020", "C", "Two!")));

        List<QueueReader.Taken> first = awaitResults("TWO1A", 2);
        List<QueueReader.Taken> second = awaitResults("TWO1B", 2);
        assertThat(first)
                .extracting(QueueReader.Taken::eventType)
                .containsExactly("result.preliminary", "result.final");
        assertThat(second).extracting(QueueReader.Taken::eventType).containsExactly("result.final", "result.corrected");
        assertThat(first).extracting(QueueReader.Taken::group).containsOnly("TWO1A");
        assertThat(second).extracting(QueueReader.Taken::group).containsOnly("TWO1B");
        assertThat(first.get(1).body()).doesNotContain("TWO1B").contains("TEST^TWO1");
        assertThat(second.get(0).body()).doesNotContain("TWO1A").contains("TEST^TWO1");
        assertThat(controlId(second.get(0))).isEqualTo("RES-" + (messages - 1));
        assertThat(controlId(first.get(1)))
                .isNotEqualTo(controlId(second.get(0)))
                .isNotEmpty();
        assertThat(timeline("TWO1A")).contains("Result final, message RES-" + (messages - 1));
        assertThat(timeline("TWO1B")).contains("Result final, message RES-" + (messages - 1));
    }

    // ---- what the status messages beside them say ----

    @ParameterizedTest
    @CsvSource({
        "ST1, CTABD^CT ABDOMEN^99NORTH, CTABD^CT ABDOMEN^99NORTH",
        "ST2, ^CT of A \\T\\ B, ^CT of A \\T\\ B",
        "ST3, '', RPST3"
    })
    void a_status_says_what_was_ordered_and_is_valid(String accession, String ordered, String said) {
        house.accept(Er7.order(accession).set("OBR", 4, ordered));

        String status = Awaitility.await("status of " + accession)
                .atMost(Duration.ofMinutes(1))
                .until(() -> queues.on(QueueReader.STATUS, accession), found -> !found.isEmpty())
                .get(0)
                .body();

        assertThat(status.lines().filter(line -> line.startsWith("OBR|")))
                .singleElement()
                .satisfies(obr -> assertThat(obr.split("\\|", -1)[4]).isEqualTo(said));
        new OutboundValidation().check(status);
    }

    private static String controlId(QueueReader.Taken taken) {
        return taken.body().split("\\|", -1)[9];
    }

    private static void order(String accession, String patient) {
        house.accept(Er7.order(accession)
                .set("PID", 3, "PID-" + patient + "^^^NORTH")
                .set("PID", 5, "TEST^" + patient));
    }

    private static Er7 message(String patient, String... groups) {
        messages++;
        return Er7.of(HEADER.formatted(Messages.today(), "RES-" + messages, patient) + String.join("", groups));
    }

    /** @param time of OBR-22, today */
    private static String group(String accession, String procedure, String time, String status, String text) {
        return GROUP.formatted(accession, procedure, Messages.today() + time, status, text);
    }

    private static Er7 report(String accession, String status, String time) {
        return message(accession, group(accession, ABDOMEN, time, status, "No bleeding.\\.br\\Normal ventricles."));
    }

    private static String timeline(String accession) {
        return house.api().accession(accession).path("timeline").toString();
    }

    private static List<JsonNode> exceptionsOf(String accession) {
        return exceptions(one -> one.path("accessionNumber").asText().equals(accession));
    }

    private static List<JsonNode> exceptions(Predicate<JsonNode> wanted) {
        List<JsonNode> found = new ArrayList<>();
        house.api().exceptions().forEach(one -> {
            if (wanted.test(one)) {
                found.add(one);
            }
        });
        return found;
    }

    private static List<QueueReader.Taken> awaitResults(String accession, int count) {
        return Awaitility.await("results of " + accession)
                .atMost(Duration.ofMinutes(1))
                .until(() -> queues.on(QueueReader.RESULTS, accession), found -> found.size() >= count);
    }
}
