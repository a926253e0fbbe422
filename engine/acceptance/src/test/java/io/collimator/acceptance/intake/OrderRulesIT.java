package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.Acknowledgement;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.simulators.modality.PerformedStep;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders that are odd, late, doubled or wrong: the answer, and the worklist afterwards. */
class OrderRulesIT {

    private static final String IMAGING_ORDER = """
            MSH|^~\\&|SOUTHRIS|SOUTH CLINIC|COLLIMATOR|RADIOLOGY|%1$s090000||OMI^O23^OMI_O23|%2$s-OMI|P|2.5.1||||||UNICODE UTF-8
            PID|1||PID-%2$s^^^SOUTH^MR||TEST^%2$s||19800101|F
            ORC|NW|PL-%2$s^SOUTHRIS|FI-%2$s^SOUTHRAD||SC
            TQ1|1||||||%1$s140000||R
            OBR|1|PL-%2$s^SOUTHRIS|FI-%2$s^SOUTHRAD|MRKNEE^MR left knee^99SOUTH
            IPC|%2$s^SOUTHRAD|RP%2$s|1.2.276.0.76.3.1.99.5.%3$s|SP%2$s|MR^Magnetic resonance^DCM|KNEE-L^Knee left^99SOUTH|||MR1
            """;

    @TempDir
    private static Path folder;

    private static IntakeHouse house;

    @BeforeAll
    static void open() {
        house = IntakeHouse.open(folder);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void a_cancel_needs_no_obr() {
        house.accept(Er7.order("CANCEL1"));

        Acknowledgement answer =
                house.send(Er7.order("CANCEL1", "CA").without("OBR").without("ZDS"));

        assertThat(answer.verdict()).isEqualTo("AA");
        assertThat(house.isListed("CANCEL1")).isFalse();
    }

    @Test
    void a_new_order_needs_an_obr() {
        Acknowledgement answer = house.send(Er7.order("NOOBR1").without("OBR").without("ZDS"));

        assertThat(answer.code()).isEqualTo("AE");
        assertThat(answer.errorCode()).isIn("100", "101");
        assertThat(house.isKnown("NOOBR1")).isFalse();
    }

    @Test
    void two_groups_make_two_procedures() {
        assertThat(house.send(Er7.order("GROUP1").and(Er7.order("GROUP2").set("PID", 3, "PID-GROUP1^^^NORTH")))
                        .verdict())
                .isEqualTo("AA");

        assertThat(house.isListed("GROUP1")).isTrue();
        assertThat(house.isListed("GROUP2")).isTrue();
        assertThat(house.value("GROUP2", Tags.PatientID)).isEqualTo("PID-GROUP1");
    }

    @Test
    void when_one_group_is_wrong_nothing_of_the_message_is_applied() {
        Er7 message = Er7.order("ALL1").and(Er7.order("ALL2").set("OBR", 18, "ACCESSION-OF-TWENTY1"));

        Acknowledgement answer = house.send(message);

        assertThat(answer.verdict()).isEqualTo("AE 102 OBR-18");
        assertThat(house.isKnown("ALL1")).isFalse();
        assertThat(house.isKnown("ALL2")).isFalse();
    }

    @Test
    void two_obr_under_one_orc_are_two_steps_of_one_order() {
        String second = Er7.order("TWOSTEP")
                .set("OBR", 20, "SPS-SECOND")
                .toString()
                .lines()
                .filter(line -> line.startsWith("OBR|"))
                .findFirst()
                .orElseThrow();

        assertThat(house.send(Er7.order("TWOSTEP").append(second)).verdict()).isEqualTo("AA");

        List<DataSet> entries = house.entries("TWOSTEP");
        assertThat(entries)
                .extracting(
                        entry -> entry.item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepID))
                .containsExactlyInAnyOrder("SPSTWOSTEP", "SPS-SECOND");
    }

    @Test
    void a_cancel_of_an_unknown_order_is_refused() {
        Acknowledgement answer = house.send(Er7.order("NEVER1", "CA"));

        assertThat(answer.verdict()).isEqualTo("AE 204 ORC-3");
        assertThat(house.isKnown("NEVER1")).isFalse();
    }

    @Test
    void an_order_that_comes_after_its_cancel_is_not_listed() {
        house.send(Er7.order("LATE1", "CA"));

        Acknowledgement answer = house.send(Er7.order("LATE1"));

        assertThat(answer.verdict()).isEqualTo("AA");
        assertThat(house.isListed("LATE1")).isFalse();
        assertThat(house.api().accession("LATE1").path("orderStatus").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void an_order_that_is_newer_than_a_cancel_of_its_number_is_listed() {
        house.send(Er7.order("LATE2", "CA"));

        Acknowledgement answer = house.send(Er7.order("LATE2").set("MSH", 7, Messages.today() + "100000"));

        assertThat(answer.verdict()).isEqualTo("AA");
        assertThat(house.isListed("LATE2")).isTrue();
    }

    @Test
    void what_has_begun_can_no_longer_be_cancelled() {
        house.accept(Er7.order("BEGUN1"));
        house.scanner().begin(house.engine(), "BEGUN1");

        Acknowledgement answer = house.send(Er7.order("BEGUN1", "CA"));

        assertThat(answer.verdict()).isEqualTo("AE 206 ORC-1");
        assertThat(house.api().accession("BEGUN1").at("/steps/0/status").asText())
                .isEqualTo("STARTED");
    }

    @Test
    void a_new_order_for_a_known_number_updates_it_before_it_has_begun() {
        house.accept(Er7.order("UPSERT1"));

        Acknowledgement answer =
                house.send(Er7.order("UPSERT1").set("MSH", 10, "UPSERT1-2").set("OBR", 4, "CTNECK^CT NECK^99NORTH"));

        assertThat(answer.verdict()).isEqualTo("AA");
        assertThat(house.value("UPSERT1", Tags.RequestedProcedureDescription)).isEqualTo("CT NECK");
    }

    @Test
    void a_new_order_for_a_number_that_has_begun_is_refused() {
        house.accept(Er7.order("UPSERT2"));
        house.scanner().begin(house.engine(), "UPSERT2");

        Acknowledgement answer =
                house.send(Er7.order("UPSERT2").set("MSH", 10, "UPSERT2-2").set("OBR", 4, "CTNECK^CT NECK^99NORTH"));

        assertThat(answer.verdict()).isEqualTo("AE 205 ORC-3");
    }

    @Test
    void a_change_of_an_unknown_order_creates_it() {
        assertThat(house.send(Er7.order("CHANGE1", "XO")).verdict()).isEqualTo("AA");

        assertThat(house.isListed("CHANGE1")).isTrue();
    }

    @Test
    void a_change_cannot_give_the_order_to_another_patient() {
        house.accept(Er7.order("PATIENT1"));

        Acknowledgement answer = house.send(Er7.order("PATIENT1", "XO").set("PID", 3, "SOMEBODY-ELSE^^^NORTH"));

        assertThat(answer.verdict()).isEqualTo("AE 205 PID-3");
        assertThat(house.value("PATIENT1", Tags.PatientID)).isEqualTo("PID-PATIENT1");
    }

    @ParameterizedTest
    @CsvSource({
        "KEY1, OBR, 18, ACCESSION-OF-TWENTY1, AE 102 OBR-18",
        "KEY2, OBR, 19, PROCEDURE-ID-OF-23-CHARS, AE 102 OBR-19",
        "KEY3, OBR, 20, STEP-ID-OF-21-LETTERS, AE 102 OBR-20",
        "KEY4, ZDS, 1, 1.2.03^NORTHRIS^Application^DICOM, AE 102 ZDS-1"
    })
    void a_key_is_never_cut(String accession, String segment, int field, String value, String verdict) {
        Acknowledgement answer = house.send(Er7.order(accession).set(segment, field, value));

        assertThat(answer.verdict()).isEqualTo(verdict);
        assertThat(house.isKnown(accession)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "IPCKEY1, 1, ACCESSION-OF-TWENTY1, AE 102 IPC-1",
        "IPCKEY2, 2, PROCEDURE-ID-OF-23-CHARS, AE 102 IPC-2",
        "IPCKEY3, 4, STEP-ID-OF-21-LETTERS, AE 102 IPC-4",
        "IPCKEY4, 3, 1.2.03, AE 102 IPC-3"
    })
    void a_key_of_an_imaging_order_is_never_cut(String accession, int field, String value, String verdict) {
        Acknowledgement answer = house.send(imagingOrder(accession).set("IPC", field, value));

        assertThat(answer.verdict()).isEqualTo(verdict);
        assertThat(house.isKnown(accession)).isFalse();
    }

    @Test
    void several_ipc_make_several_steps() {
        Er7 message = imagingOrder("IPC1");
        String second = message.set("IPC", 4, "SP-SECOND")
                .toString()
                .lines()
                .filter(line -> line.startsWith("IPC|"))
                .findFirst()
                .orElseThrow();

        assertThat(house.send(message.append(second)).verdict()).isEqualTo("AA");

        assertThat(house.entries("IPC1"))
                .extracting(
                        entry -> entry.item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepID))
                .containsExactlyInAnyOrder("SPIPC1", "SP-SECOND");
    }

    @Test
    void a_study_uid_belongs_to_one_patient() {
        house.accept(Er7.order("STUDY1"));

        Acknowledgement answer = house.send(
                Er7.order("STUDY2").set("ZDS", 1, Messages.studyOf("STUDY1") + "^NORTHRIS^Application^DICOM"));

        assertThat(answer.verdict()).isEqualTo("AE 205 ZDS-1");
        assertThat(house.isKnown("STUDY2")).isFalse();
    }

    @Test
    void an_older_update_is_acknowledged_and_not_applied() {
        house.accept(Er7.order("STALE1"));
        house.accept(Er7.order("STALE1", "XO").set("OBR", 4, "CTNECK^CT NECK^99NORTH"));

        Acknowledgement answer = house.send(Er7.order("STALE1", "XO")
                .set("MSH", 10, "STALE1-OLD")
                .set("MSH", 7, Messages.today() + "090000")
                .set("OBR", 4, "CTFOOT^CT FOOT^99NORTH"));

        assertThat(answer.verdict()).isEqualTo("AA");
        assertThat(house.value("STALE1", Tags.RequestedProcedureDescription)).isEqualTo("CT NECK");
        assertThat(kinds("STALE1")).contains("order.stale");
    }

    @Test
    void what_was_held_is_shown_again_when_it_is_released() {
        house.accept(Er7.order("HOLD1"));
        house.accept(Er7.order("HOLD1", "HD"));
        boolean listedOnHold = house.isListed("HOLD1");

        house.accept(Er7.order("HOLD1", "RL"));

        assertThat(listedOnHold).isFalse();
        assertThat(house.isListed("HOLD1")).isTrue();
    }

    @Test
    void a_refused_message_is_taken_when_it_is_sent_again_after_the_cause_is_gone() {
        Er7 message = Er7.order("RETRY1", "CA");
        assertThat(house.send(message).verdict()).isEqualTo("AE 204 ORC-3");
        house.accept(Er7.order("RETRY1").set("MSH", 7, Messages.today() + "100000"));

        Acknowledgement answer = house.send(message.set("MSH", 7, Messages.today() + "110000"));

        assertThat(answer.verdict()).isEqualTo("AA");
        assertThat(house.isListed("RETRY1")).isFalse();
    }

    @Test
    void a_completed_exam_stays_completed_whatever_the_order_side_says() {
        house.accept(Er7.order("DONE1"));
        PerformedStep step = house.scanner().begin(house.engine(), "DONE1");
        house.scanner().complete(step);
        house.api().awaitStates("DONE1", "COMPLETED", "OUTSTANDING");

        house.send(Er7.order("DONE1", "SC").set("ORC", 5, "CA"));

        assertThat(house.api().accession("DONE1").path("procedureState").asText())
                .isEqualTo("COMPLETED");
    }

    private static List<String> kinds(String accession) {
        JsonNode timeline = house.api().accession(accession).path("timeline");
        return timeline.findValuesAsText("kind");
    }

    private static Er7 imagingOrder(String accession) {
        return Er7.of(
                IMAGING_ORDER.formatted(Messages.today(), accession, Integer.toUnsignedString(accession.hashCode())));
    }
}
