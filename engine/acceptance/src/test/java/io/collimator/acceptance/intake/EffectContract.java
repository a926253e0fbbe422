package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.Acknowledgement;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.simulators.modality.PerformedStep;
import java.util.Comparator;
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
        List<String> before = steps(accession);

        house.accept(procedures(accession, "XO", 1, "SPINE 1500").set("OBR", 1, setId));

        assertThat(steps(accession))
                .containsExactly(before.get(0), before.get(1).replace("1100", "1500"));
    }

    @Test
    void procedures_in_another_order_keep_their_step_ids() {
        house.accept(procedures("TURNED", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = steps("TURNED");

        house.accept(procedures("TURNED", "XO", 1, "SPINE 1500", "SKULL 1400"));

        assertThat(steps("TURNED"))
                .containsExactly(
                        before.get(0).replace("1000", "1400"), before.get(1).replace("1100", "1500"));
    }

    @Test
    void a_procedure_that_comes_with_a_change_is_added() {
        house.accept(procedures("ADDED", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = steps("ADDED");

        house.accept(procedures("ADDED", "XO", 1, "PELVIS 1200", "SPINE 1100", "SKULL 1000"));

        assertThat(steps("ADDED")).hasSize(3).containsAll(before).anyMatch(step -> step.endsWith("PELVIS 120000"));
    }

    @Test
    void a_change_of_which_it_cannot_be_told_what_it_means_is_refused() {
        house.accept(procedures("UNTOLD", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = steps("UNTOLD");

        assertRefused(
                house.send(procedures("UNTOLD", "XO", 1, "PELVIS 1500")),
                "AE 101 OBR-20",
                "send the scheduled procedure step ID");

        assertThat(steps("UNTOLD")).isEqualTo(before);
    }

    @Test
    void a_cancel_of_one_procedure_leaves_the_other() {
        house.accept(procedures("ONLYONE", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = steps("ONLYONE");

        house.accept(procedures("ONLYONE", "CA", 1, "SPINE 1100"));

        assertThat(steps("ONLYONE")).containsExactly(before.get(0));
    }

    @Test
    void a_step_is_found_by_its_protocol() {
        house.accept(imaging("BYIPC", "NW", 0, "T1 1000", "T2 1100"));
        List<String> before = steps("BYIPC");

        house.accept(imaging("BYIPC", "XO", 1, "T2 1500"));

        assertThat(steps("BYIPC")).containsExactly(before.get(0), before.get(1).replace("1100", "1500"));
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
        assertThat(start(accession)).isEqualTo("150000");
        assertThat(raised(accession)).isEmpty();
    }

    @Test
    void what_stays_hidden_is_told() {
        house.accept(Er7.order("HIDDEN"));
        house.accept(appointment("S15", "HIDDEN", 1, "CTABD 1100"));

        house.accept(moved(Er7.order("HIDDEN", "NW"), "HIDDEN", 2, ""));

        assertThat(house.isListed("HIDDEN")).isFalse();
        assertThat(raised("HIDDEN")).containsExactly("no-effect");
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
        assertThat(start(accession)).isEqualTo("170000");
        assertThat(stepId(again)).isNotEqualTo(stepId(first));
        assertThat(again.text(Tags.StudyInstanceUID)).isEqualTo(first.text(Tags.StudyInstanceUID));
        JsonNode seen = house.api().accession(accession);
        assertThat(seen.path("procedureState").asText()).isEqualTo("SCHEDULED");
        assertThat(seen.path("steps").findValuesAsText("status")).containsExactly("DISCONTINUED", "SCHEDULED");
        assertThat(raised(accession)).isEmpty();
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
        assertThat(raised("OVER")).containsExactly("no-effect");
    }

    // ---- appointments of several services ----

    @Test
    void each_service_of_an_appointment_goes_to_its_own_step() {
        house.accept(procedures("BOOKED", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = steps("BOOKED");

        house.accept(appointment("S12", "BOOKED", 1, "SPINE 1430 ROOM2", "SKULL 1330 ROOM1"));

        assertThat(steps("BOOKED"))
                .containsExactly(
                        before.get(0).replace("1000", "1330"), before.get(1).replace("1100", "1430"));
        assertThat(house.entries("BOOKED"))
                .extracting(entry ->
                        entry.item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepLocation))
                .containsExactlyInAnyOrder("ROOM1", "ROOM2");
    }

    @Test
    void a_service_that_moves_alone_moves_its_own_step() {
        house.accept(procedures("MOVEDONE", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = steps("MOVEDONE");

        house.accept(appointment("S13", "MOVEDONE", 1, "SPINE 1600"));

        assertThat(steps("MOVEDONE"))
                .containsExactly(before.get(0), before.get(1).replace("1100", "1600"));
    }

    @Test
    void a_service_that_is_deleted_takes_its_own_step_away() {
        house.accept(procedures("DELETED", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = steps("DELETED");

        house.accept(
                appointment("S14", "DELETED", 1, "SKULL 1200", "SPINE 1100").set("AIS", 2, 2, "D"));

        assertThat(steps("DELETED")).containsExactly(before.get(0).replace("1000", "1200"));
    }

    @Test
    void an_appointment_that_is_cancelled_for_one_service_leaves_the_other() {
        house.accept(procedures("LEFTONE", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = steps("LEFTONE");

        house.accept(appointment("S15", "LEFTONE", 1, "SKULL 1000"));

        assertThat(steps("LEFTONE")).containsExactly(before.get(1));
    }

    @Test
    void services_of_one_group_share_its_place() {
        house.accept(procedures("SHARED", "NW", 0, "SKULL 1000", "SPINE 1100"));

        house.accept(Er7.of(appointment("S12", "SHARED", 1, "SKULL 1330", "SPINE 1430")
                        .toString()
                        .replace("RGS|2\n", ""))
                .append("AIL|1||ROOM9"));

        assertThat(house.entries("SHARED"))
                .extracting(entry ->
                        entry.item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepLocation))
                .containsExactly("ROOM9", "ROOM9");
    }

    @Test
    void a_service_that_fits_no_step_gives_its_time_to_none() {
        house.accept(procedures("UNFIT", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = steps("UNFIT");

        assertThat(house.send(appointment("S13", "UNFIT", 1, "PELVIS 1600")).verdict())
                .isEqualTo("AE 204 AIS-3");
        house.accept(appointment("S13", "UNFIT", 2, "PELVIS 1600", "SPINE 1700"));

        assertThat(steps("UNFIT")).containsExactly(before.get(0), before.get(1).replace("1100", "1700"));
        assertThat(raised("UNFIT")).containsExactly("no-effect");
    }

    @Test
    void an_appointment_of_two_orders_reaches_both() {
        house.accept(Er7.order("ORDERA"));
        house.accept(Er7.order("ORDERB").set("PID", 3, "PID-ORDERA^^^NORTH"));

        house.accept(appointment("S13", "ORDERA", 1, "CTABD 1600", "CTABD 1700")
                .set("SCH", 26, "ORD-ORDERA^NORTHRIS~ORD-ORDERB^NORTHRIS")
                .set("SCH", 27, "FIL-ORDERA^NORTHRAD~FIL-ORDERB^NORTHRAD"));

        assertThat(start("ORDERA")).isEqualTo("160000");
        assertThat(start("ORDERB")).isEqualTo("170000");
    }

    // ---- the status of an appointment ----

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, UNSCHEDULED",
        "Canceled, UNSCHEDULED",
        "Deleted, UNSCHEDULED",
        "Arrived, ARRIVED",
        "Booked, SCHEDULED",
        "Complete, SCHEDULED",
        "Noshow, SCHEDULED"
    })
    void an_appointment_has_the_effect_of_its_status(String status, String expected) {
        String accession = "ST" + status.toUpperCase(Locale.ROOT);
        house.accept(Er7.order(accession));

        house.accept(appointment("S14", accession, 1, "CTABD 1200").set("SCH", 25, status));

        assertThat(house.api()
                        .accession(accession)
                        .path("steps")
                        .path(0)
                        .path("status")
                        .asText())
                .isEqualTo(expected);
    }

    @Test
    void a_status_that_is_in_no_table_is_told() {
        house.accept(Er7.order("STATUSX"));

        house.accept(appointment("S14", "STATUSX", 1, "CTABD 1200").set("SCH", 25, "Elsewhere"));

        assertThat(timeline("STATUSX")).contains("appointment.warning");
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
        assertThat(timeline(accession)).contains("patient.warning");
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
        assertThat(timeline("BIRTHXO")).contains("order.warning");
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
        assertThat(timeline("NAMED")).contains("order.name-of-record");
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
        assertThat(timeline("KEPT")).contains("patient.name-kept");
    }

    private static void assertRefused(Acknowledgement answer, String verdict, String words) {
        assertThat(answer.verdict()).isEqualTo(verdict);
        assertThat(answer.text()).contains(words);
    }

    // ---- messages ----

    /** @param procedures code and time of each */
    private static Er7 procedures(String accession, String control, int number, String... procedures) {
        StringBuilder message = new StringBuilder("""
                MSH|^~\\&|NORTHRIS|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s09%2$02d00||ORM^O01|%3$s-%2$d|P|2.3.1
                PID|||PID-%3$s^^^NORTH||TEST^%3$s||19800101|F
                ORC|%4$s|ORD-%3$s^NORTHRIS|FIL-%3$s^NORTHRAD
                """.formatted(TODAY, number, accession, control));
        for (int i = 0; i < procedures.length; i++) {
            String[] parts = procedures[i].split(" ", -1);
            message.append(
                    "OBR|%d|ORD-%s^NORTHRIS|FIL-%s^NORTHRAD|%s^%s^99NORTH||||||||||||||%s||||||CT|||1^ONCE^^%s%s^^R%n"
                            .formatted(i + 1, accession, accession, parts[0], parts[0], accession, TODAY, parts[1]));
        }
        return Er7.of(message.toString());
    }

    /** @param protocols code and time of each */
    private static Er7 imaging(String accession, String control, int number, String... protocols) {
        StringBuilder message = new StringBuilder("""
                MSH|^~\\&|NORTHRIS|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s09%2$02d00||OMI^O23^OMI_O23|%3$s-%2$d|P|2.5.1
                PID|||PID-%3$s^^^NORTH||TEST^%3$s||19800101|F
                """.formatted(TODAY, number, accession));
        for (String protocol : protocols) {
            String[] parts = protocol.split(" ", -1);
            message.append("""
                    ORC|%1$s|ORD-%2$s^NORTHRIS|FIL-%2$s^NORTHRAD
                    TQ1|1||||||%3$s%4$s
                    OBR|1|ORD-%2$s^NORTHRIS|FIL-%2$s^NORTHRAD|KNEE^Knee^99NORTH
                    IPC|%2$s|RP%2$s|||CT|%5$s^%5$s^99PROTO
                    """.formatted(control, accession, TODAY, parts[1], parts[0]));
        }
        return Er7.of(message.toString());
    }

    /** @param services code and time of each, and where */
    private static Er7 appointment(String event, String accession, int number, String... services) {
        StringBuilder message = new StringBuilder("""
                MSH|^~\\&|NORTHSCHED|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s10%2$02d00||SIU^%3$s^SIU_S12|%4$s-S%2$d|P|2.5.1
                SCH|APT-%4$s|||||||||||||||||||||||||ORD-%4$s^NORTHRIS|FIL-%4$s^NORTHRAD
                PID|||PID-%4$s^^^NORTH||TEST^%4$s||19800101|F
                """.formatted(TODAY, number, event, accession));
        for (int i = 0; i < services.length; i++) {
            String[] parts = services[i].split(" ", -1);
            message.append("RGS|%d%nAIS|%d||%s^%s^99NORTH|%s%s%n"
                    .formatted(i + 1, i + 1, parts[0], parts[0], TODAY, parts[1]));
            if (parts.length > 2) {
                message.append("AIL|%d||%s%n".formatted(i + 1, parts[2]));
            }
        }
        return Er7.of(message.toString());
    }

    private static Er7 moved(Er7 order, String accession, int number, String start) {
        String timing = start.isEmpty() ? "" : "1^ONCE^^" + start + "^^R";
        return order.set("MSH", 7, TODAY + "11%02d00".formatted(number))
                .set("MSH", 10, accession + "-M" + number)
                .set("ORC", 7, timing)
                .set("OBR", 27, timing);
    }

    private static Er7 adt(String event, String accession, int number) {
        return Er7.of("""
                MSH|^~\\&|NORTHADT|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s10%2$02d00||ADT^%3$s|%4$s-A%2$d|P|2.5
                EVN||%1$s10%2$02d00
                PID|||PID-%4$s^^^NORTH||TEST^%4$s||19800101|F
                """.formatted(TODAY, number, event, accession));
    }

    private static Er7 changeOfNumber(String from, String to, int number) {
        return Er7.of("""
                MSH|^~\\&|NORTHADT|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s12%2$02d00||ADT^A47|%3$s-%2$d|P|2.5
                EVN||%1$s12%2$02d00
                PID|||%4$s^^^NORTH||TEST^%3$s||19800101|F
                MRG|%3$s^^^NORTH
                """.formatted(TODAY, number, from, to));
    }

    // ---- what is seen ----

    /** Step ID, procedure and start of each listed step, in the order of the steps. */
    private static List<String> steps(String accession) {
        return house.entries(accession).stream()
                .map(entry -> "%s %s %s"
                        .formatted(
                                stepId(entry),
                                codeOf(entry),
                                entry.item(Tags.ScheduledProcedureStepSequence)
                                        .text(Tags.ScheduledProcedureStepStartTime)))
                .sorted(Comparator.comparingInt(step -> Integer.parseInt(step.substring(0, step.indexOf(' ')))))
                .toList();
    }

    private static String codeOf(DataSet entry) {
        List<DataSet> protocols =
                entry.item(Tags.ScheduledProcedureStepSequence).items(Tags.ScheduledProtocolCodeSequence);
        return (protocols.isEmpty() ? entry.item(Tags.RequestedProcedureCodeSequence) : protocols.get(0))
                .text(Tags.CodeValue);
    }

    private static String stepId(DataSet entry) {
        return entry.item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepID);
    }

    private static String start(String accession) {
        return house.stepValue(accession, Tags.ScheduledProcedureStepStartTime);
    }

    private static List<String> timeline(String accession) {
        return house.api().accession(accession).path("timeline").findValuesAsText("kind");
    }

    private static List<String> raised(String accession) {
        return house.raised(accession);
    }
}
