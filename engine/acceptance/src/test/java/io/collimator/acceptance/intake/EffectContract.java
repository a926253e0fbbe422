package io.collimator.acceptance.intake;

import static io.collimator.acceptance.intake.ExamMessages.adt;
import static io.collimator.acceptance.intake.ExamMessages.appointment;
import static io.collimator.acceptance.intake.ExamMessages.changeOfNumber;
import static io.collimator.acceptance.intake.ExamMessages.imaging;
import static io.collimator.acceptance.intake.ExamMessages.moved;
import static io.collimator.acceptance.intake.ExamMessages.procedures;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.Acknowledgement;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.simulators.modality.PerformedStep;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was accepted is seen on the worklist, or an exception says why not; on any database. */
abstract class EffectContract {

    private static final String TODAY = Messages.today();

    private static IntakeHouse house;

    static void use(IntakeHouse opened) {
        house = opened;
    }

    static void close() {
        house.close();
    }

    // ---- a change that names one of several procedures ----

    @ParameterizedTest(name = "OBR-1 is {0}")
    @ValueSource(strings = {"1", "2"})
    void a_change_names_one_of_several_procedures(String setId) {
        String accession = "SEVERAL" + setId;
        house.accept(procedures(accession, "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = house.steps(accession);

        house.accept(procedures(accession, "XO", 1, "SPINE 1500").set("OBR", 1, setId));

        assertThat(house.steps(accession))
                .containsExactly(before.get(0), before.get(1).replace("1100", "1500"));
    }

    @Test
    void procedures_in_another_order_keep_their_step_ids() {
        house.accept(procedures("TURNED", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = house.steps("TURNED");

        house.accept(procedures("TURNED", "XO", 1, "SPINE 1500", "SKULL 1400"));

        assertThat(house.steps("TURNED"))
                .containsExactly(
                        before.get(0).replace("1000", "1400"), before.get(1).replace("1100", "1500"));
    }

    @Test
    void a_procedure_that_comes_with_a_change_is_added() {
        house.accept(procedures("ADDED", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = house.steps("ADDED");

        house.accept(procedures("ADDED", "XO", 1, "PELVIS 1200", "SPINE 1100", "SKULL 1000"));

        assertThat(house.steps("ADDED"))
                .hasSize(3)
                .containsAll(before)
                .anyMatch(step -> step.endsWith("PELVIS 120000"));
    }

    @Test
    void a_change_of_which_it_cannot_be_told_what_it_means_is_refused() {
        house.accept(procedures("UNTOLD", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = house.steps("UNTOLD");

        assertRefused(
                house.send(procedures("UNTOLD", "XO", 1, "PELVIS 1500")),
                "AE 101 OBR-20",
                "send the scheduled procedure step ID");

        assertThat(house.steps("UNTOLD")).isEqualTo(before);
    }

    @Test
    void a_cancel_of_one_procedure_leaves_the_other() {
        house.accept(procedures("ONLYONE", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = house.steps("ONLYONE");

        house.accept(procedures("ONLYONE", "CA", 1, "SPINE 1100"));

        assertThat(house.steps("ONLYONE")).containsExactly(before.get(0));
    }

    @Test
    void a_step_is_found_by_its_protocol() {
        house.accept(imaging("BYIPC", "NW", 0, "T1 1000", "T2 1100"));
        List<String> before = house.steps("BYIPC");

        house.accept(imaging("BYIPC", "XO", 1, "T2 1500"));

        assertThat(house.steps("BYIPC"))
                .containsExactly(before.get(0), before.get(1).replace("1100", "1500"));
    }

    // ---- an order after a cancelled appointment ----

    @ParameterizedTest
    @CsvSource({"S15, XO", "S15, NW", "S17, XO", "S15, S14", "S15, S13", "S15, S12"})
    void what_lost_its_appointment_comes_back_with_a_start(String lost, String back) {
        String accession = "BACK" + lost + back;
        house.accept(Er7.order(accession));
        house.accept(appointment(lost, accession, 1, "CTABD 1100"));
        boolean listedMeanwhile = house.isListed(accession);

        house.accept(
                back.startsWith("S")
                        ? appointment(back, accession, 2, "CTABD 1500")
                        : moved(Er7.order(accession, back), accession, 2, TODAY + "1500"));

        assertThat(listedMeanwhile).isFalse();
        assertThat(house.start(accession)).isEqualTo("150000");
        assertThat(house.raised(accession)).isEmpty();
    }

    @Test
    void what_stays_hidden_is_told() {
        house.accept(Er7.order("HIDDEN"));
        house.accept(appointment("S15", "HIDDEN", 1, "CTABD 1100"));

        house.accept(moved(Er7.order("HIDDEN", "NW"), "HIDDEN", 2, ""));

        assertThat(house.isListed("HIDDEN")).isFalse();
        assertThat(house.raised("HIDDEN")).containsExactly("no-effect");
    }

    // ---- a discontinued exam ----

    @ParameterizedTest
    @ValueSource(strings = {"XO", "S12", "S13", "S14"})
    void a_discontinued_exam_is_done_again(String by) {
        String accession = "AGAIN" + by;
        house.accept(Er7.order(accession));
        DataSet first = house.entry(accession);
        house.scanner().discontinue(house.scanner().begin(house.engine(), first));
        house.api()
                .awaitAccession(
                        accession,
                        state -> state.path("procedureState").asText().equals("DISCONTINUED"));

        house.accept(
                by.equals("XO")
                        ? moved(Er7.order(accession, "XO"), accession, 2, TODAY + "1700")
                        : appointment(by, accession, 2, "CTABD 1700"));

        DataSet again = house.entry(accession);
        assertThat(house.start(accession)).isEqualTo("170000");
        assertThat(stepId(again)).isNotEqualTo(stepId(first));
        assertThat(again.text(Tags.StudyInstanceUID)).isEqualTo(first.text(Tags.StudyInstanceUID));
        JsonNode seen = house.api().accession(accession);
        assertThat(seen.path("procedureState").asText()).isEqualTo("SCHEDULED");
        assertThat(seen.path("steps").findValuesAsText("status")).containsExactly("DISCONTINUED", "SCHEDULED");
        assertThat(house.raised(accession)).isEmpty();
    }

    @Test
    void what_is_done_again_is_performed_and_completes_the_exam() {
        house.accept(Er7.order("TWICE"));
        house.scanner().discontinue(house.scanner().begin(house.engine(), "TWICE"));
        house.accept(moved(Er7.order("TWICE", "XO"), "TWICE", 2, TODAY + "1700"));

        PerformedStep second = house.scanner().begin(house.engine(), "TWICE");
        house.scanner().complete(second);

        JsonNode seen = house.api().awaitStates("TWICE", "COMPLETED", "OUTSTANDING");
        assertThat(seen.path("steps").findValuesAsText("status")).containsExactly("DISCONTINUED", "COMPLETED");
    }

    @Test
    void a_new_order_for_a_discontinued_exam_is_refused_with_a_way_that_works() {
        house.accept(Er7.order("WAY"));
        house.scanner().discontinue(house.scanner().begin(house.engine(), "WAY"));

        assertRefused(
                house.send(moved(Er7.order("WAY", "NW"), "WAY", 2, TODAY + "1700")),
                "AE 205 ORC-3",
                "send XO with a new start");
    }

    @Test
    void another_start_of_a_completed_exam_is_told() {
        house.accept(Er7.order("OVER"));
        house.scanner().complete(house.scanner().begin(house.engine(), "OVER"));

        house.accept(moved(Er7.order("OVER", "XO"), "OVER", 2, TODAY + "1700"));

        assertThat(house.isListed("OVER")).isFalse();
        assertThat(house.raised("OVER")).containsExactly("no-effect");
    }

    // ---- a number changed by mistake ----

    @Test
    void a_number_that_was_changed_by_mistake_is_changed_back() {
        house.accept(Er7.order("MISTAKE").set("PID", 3, "RIGHT-1^^^NORTH"));
        house.accept(changeOfNumber("RIGHT-1", "WRONG-1", 1));
        String mistaken = house.value("MISTAKE", Tags.PatientID);

        house.accept(changeOfNumber("WRONG-1", "RIGHT-1", 2));
        house.accept(Er7.order("MISTAKE2").set("PID", 3, "RIGHT-1^^^NORTH"));
        house.accept(Er7.order("MISTAKE3").set("PID", 3, "WRONG-1^^^NORTH"));

        assertThat(mistaken).isEqualTo("WRONG-1");
        for (String accession : List.of("MISTAKE", "MISTAKE2", "MISTAKE3")) {
            assertThat(house.value(accession, Tags.PatientID)).as(accession).isEqualTo("RIGHT-1");
            assertThat(house.api()
                            .accession(accession)
                            .path("patient")
                            .path("id")
                            .asText())
                    .as(accession)
                    .isEqualTo("RIGHT-1");
        }
    }

    @Test
    void a_number_goes_through_several_changes_and_back() {
        house.accept(Er7.order("CHAIN").set("PID", 3, "CHAIN-A^^^NORTH"));
        house.accept(changeOfNumber("CHAIN-A", "CHAIN-B", 1));
        house.accept(changeOfNumber("CHAIN-B", "CHAIN-C", 2));

        house.accept(changeOfNumber("CHAIN-C", "CHAIN-A", 3));
        house.accept(changeOfNumber("CHAIN-C", "CHAIN-A", 4));

        assertThat(house.value("CHAIN", Tags.PatientID)).isEqualTo("CHAIN-A");
    }

    @Test
    void a_merge_is_still_not_turned_round_and_a_number_of_another_stays_his() {
        house.accept(Er7.order("MERGE1").set("PID", 3, "MERGE-A^^^NORTH"));
        house.accept(Er7.order("MERGE2").set("PID", 3, "MERGE-B^^^NORTH"));

        assertThat(house.send(changeOfNumber("MERGE-A", "MERGE-B", 1)).verdict())
                .isEqualTo("AE 205 PID-3");
        house.accept(changeOfNumber("MERGE-A", "MERGE-B", 2).set("MSH", 9, "ADT^A40"));
        assertThat(house.send(changeOfNumber("MERGE-B", "MERGE-A", 3).set("MSH", 9, "ADT^A40"))
                        .verdict())
                .isEqualTo("AE 205 MRG-1");
    }

    // ---- values that cannot be made ----

    @ParameterizedTest
    @ValueSource(strings = {"1985", "198507", "unknown"})
    void a_birth_date_that_is_no_date_clears_the_old_one(String birthDate) {
        String accession = "BIRTH" + birthDate.toUpperCase(Locale.ROOT);
        house.accept(Er7.order(accession).set("PID", 7, "19700101"));

        house.accept(adt("A08", accession, 1).set("PID", 7, birthDate));

        assertThat(house.value(accession, Tags.PatientBirthDate)).isEmpty();
        assertThat(house.timeline(accession)).contains("patient.warning");
        assertThat(house.api()
                        .accession(accession)
                        .path("patient")
                        .path("birthDate")
                        .asText(""))
                .isEmpty();
    }

    @Test
    void an_order_that_brings_no_full_birth_date_clears_the_old_one_too() {
        house.accept(Er7.order("BIRTHXO").set("PID", 7, "19700101"));

        house.accept(Er7.order("BIRTHXO", "XO").set("PID", 7, "1985"));

        assertThat(house.value("BIRTHXO", Tags.PatientBirthDate)).isEmpty();
        assertThat(house.timeline("BIRTHXO")).contains("order.warning");
    }

    @Test
    void a_weight_in_a_unit_that_nobody_knows_clears_the_old_one() {
        house.accept(Er7.order("WEIGHT").append("OBX|1|NM|29463-7^BODY WEIGHT^LN||70|kg|||||F"));
        String before = house.value("WEIGHT", Tags.PatientWeight);

        house.accept(Er7.order("WEIGHT", "XO").append("OBX|1|NM|29463-7^BODY WEIGHT^LN||11|stone|||||F"));

        assertThat(before).isEqualTo("70");
        assertThat(house.value("WEIGHT", Tags.PatientWeight)).isEmpty();
    }

    @Test
    void a_procedure_without_a_code_does_not_keep_the_code_of_another() {
        house.accept(Er7.order("NOCODE"));

        house.accept(Er7.order("NOCODE", "XO").set("OBR", 4, "^CT THORAX"));

        assertThat(house.value("NOCODE", Tags.RequestedProcedureDescription)).isEqualTo("CT THORAX");
        assertThat(house.entry("NOCODE").items(Tags.RequestedProcedureCodeSequence))
                .isEmpty();
    }

    // ---- patients ----

    @Test
    void an_order_without_a_name_shows_the_name_of_record() {
        house.accept(adt("A04", "NAMED", 1));

        house.accept(Er7.order("NAMED").set("PID", 5, ""));

        assertThat(house.value("NAMED", Tags.PatientName)).isEqualTo("TEST^NAMED");
        assertThat(house.timeline("NAMED")).contains("order.name-of-record");
        assertThat(house.send(Er7.order("NAMELESS").set("PID", 5, "")).verdict())
                .isEqualTo("AE 101 PID-5");
        assertThat(house.send(Er7.order("NAMED", "NW")
                                .set("MSH", 10, "NAMED-9")
                                .set("PID", 5, "\"\"")
                                .set("OBR", 18, "NAMED9")
                                .set("ORC", 2, "ORD-9^NORTHRIS")
                                .set("ORC", 3, "FIL-9^NORTHRAD"))
                        .verdict())
                .startsWith("AE");
    }

    @Test
    void a_name_that_cannot_be_cleared_is_told_on_the_timeline() {
        house.accept(Er7.order("KEPT"));

        house.accept(adt("A08", "KEPT", 1).set("PID", 5, "\"\""));

        assertThat(house.value("KEPT", Tags.PatientName)).isEqualTo("TEST^KEPT");
        assertThat(house.timeline("KEPT")).contains("patient.name-kept");
    }

    private static void assertRefused(Acknowledgement answer, String verdict, String words) {
        assertThat(answer.verdict()).isEqualTo(verdict);
        assertThat(answer.text()).contains(words);
    }

    // ---- what is seen ----

    private static String stepId(DataSet entry) {
        return IntakeHouse.stepId(entry);
    }
}
