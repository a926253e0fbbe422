package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.simulators.modality.PerformedStep;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes a step, when it starts, who it belongs to and what becomes of it after a cancel; on any database. */
abstract class StepRules {

    static final Map<String, String> SETTINGS = Map.of("collimator.worklist.time-when-only-a-date", "073000");

    private static final String TODAY = Messages.today();
    private static final String YESTERDAY = day(-1);
    private static final String TOMORROW = day(1);

    private static IntakeHouse house;

    static void use(IntakeHouse opened) {
        house = opened;
    }

    static void close() {
        house.close();
    }

    // ---- groups of one message with one step ID ----

    @Test
    void two_orders_of_one_message_with_one_step_id_are_one_step_with_both_codes() {
        house.accept(codes("TWOORC", "T1^Neck^LOCAL").and(codes("TWOORC", "T2^Chest^LOCAL")));

        assertThat(protocols("TWOORC")).containsExactly("T1", "T2");
        assertThat(house.timeline("TWOORC")).containsExactly("order.scheduled");
    }

    @Test
    void two_requests_of_one_order_with_one_step_id_are_one_step() {
        house.accept(codes("TWOOBR", "T1^Neck^LOCAL")
                .and(codes("TWOOBR", "T2^Chest^LOCAL").without("ORC"))
                .and(codes("TWOOBR", "T1^Neck^LOCAL").without("ORC")));

        assertThat(protocols("TWOOBR")).containsExactly("T1", "T2");
        assertThat(house.timeline("TWOOBR")).containsExactly("order.scheduled");
    }

    @Test
    void two_imaging_segments_with_one_step_id_are_one_step_on_both_stations() {
        house.accept(imaging("TWOIPC", "T1^Neck^LOCAL", "CT1").append(ipc("TWOIPC", "T2^Chest^LOCAL", "CT2")));

        assertThat(protocols("TWOIPC")).containsExactly("T1", "T2");
        assertThat(house.entry("TWOIPC")
                        .item(Tags.ScheduledProcedureStepSequence)
                        .texts(Tags.ScheduledStationAETitle))
                .containsExactly("CT1", "CT2");
    }

    @Test
    void a_later_message_replaces_the_codes_all_of_its_groups_together() {
        house.accept(codes("LATER", "T1^Neck^LOCAL").and(codes("LATER", "T2^Chest^LOCAL")));

        house.accept(later("LATER", "XO", 1, "T3^Spine^LOCAL").and(later("LATER", "XO", 1, "T4^Knee^LOCAL")));
        List<String> both = protocols("LATER");
        house.accept(later("LATER", "XO", 2, "T5^Foot^LOCAL"));

        assertThat(both).containsExactly("T3", "T4");
        assertThat(protocols("LATER")).containsExactly("T5");
    }

    @Test
    void groups_of_one_step_with_two_modalities_are_refused_and_nothing_is_applied() {
        Er7 message = codes("TWOMOD", "T1^Neck^LOCAL")
                .and(codes("TWOMOD", "T2^Chest^LOCAL").set("OBR", 24, "MR"));

        assertThat(house.send(message).verdict()).isEqualTo("AE 205 OBR-24");
        assertThat(house.isKnown("TWOMOD")).isFalse();
    }

    // ---- a date without a time ----

    @ParameterizedTest
    @CsvSource({
        "TODAY, 000000-235959, true",
        "TODAY, 0900-0930, true",
        "TODAY, 1000, true",
        "TODAY, 2200-, true",
        "TODAY, -0100, true",
        "TODAY, '', true",
        "'', 0900-0930, true",
        "YESTERDAY-TODAY, 1200-0100, true",
        "TODAY-TOMORROW, 2330-0030, true",
        "TODAY-, 2300-, true",
        "TOMORROW, 000000-235959, false",
        "TOMORROW-, 0000-, false",
        "YESTERDAY, 0000-2359, false",
        "-YESTERDAY, -2359, false"
    })
    void a_date_without_a_time_is_found_by_every_time_of_its_day(String dates, String times, boolean found) {
        if (!house.isKnown("DATEONLY")) {
            house.accept(onlyADate(Er7.order("DATEONLY")));
        }
        String days =
                dates.replace("YESTERDAY", YESTERDAY).replace("TODAY", TODAY).replace("TOMORROW", TOMORROW);

        List<DataSet> entries = house.scanner()
                .find(
                        house.engine(),
                        Dictionary.dataSet()
                                .put(Tags.AccessionNumber, "DATEONLY")
                                .build(),
                        Dictionary.dataSet()
                                .put(Tags.ScheduledProcedureStepStartDate, days)
                                .put(Tags.ScheduledProcedureStepStartTime, times)
                                .build());

        assertThat(entries).hasSize(found ? 1 : 0);
        entries.forEach(entry -> assertThat(
                        entry.item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepStartTime))
                .isEqualTo("073000"));
    }

    @Test
    void a_date_without_a_time_gets_a_time_and_loses_it_again() {
        house.accept(onlyADate(Er7.order("DATEBACK")));
        house.accept(Er7.order("DATEBACK", "XO"));
        String full = house.start("DATEBACK");
        boolean foundElsewhere = isFoundAt("DATEBACK", "1400-1500");
        house.accept(onlyADate(Er7.order("DATEBACK", "XO").set("MSH", 10, "DATEBACK-2"))
                .set("MSH", 7, TODAY + "093000"));

        assertThat(full).isEqualTo("110000");
        assertThat(foundElsewhere).isFalse();
        assertThat(house.start("DATEBACK")).isEqualTo("073000");
        assertThat(isFoundAt("DATEBACK", "1400-1500")).isTrue();
        assertThat(house.timeline("DATEBACK"))
                .filteredOn("order.time-assumed"::equals)
                .hasSize(2);
    }

    @Test
    void an_appointment_may_be_a_date_alone() {
        house.accept(Er7.order("DATESIU"));

        house.accept(Er7.of("""
                MSH|^~\\&|NORTHSCHED|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s100000||SIU^S13^SIU_S12|DATESIU-1|P|2.5.1
                SCH|APT-1|||||RESCHED|||20|min|^^20^%2$s|||||||||||||||ORD-DATESIU^NORTHRIS|FIL-DATESIU^NORTHRAD
                PID|||PID-DATESIU^^^NORTH||TEST^DATESIU||19800101|F
                RGS|1
                AIS|1||CTABD^CT ABDOMEN^99NORTH|%2$s
                """.formatted(TODAY, TOMORROW)));

        assertThat(house.stepValue("DATESIU", Tags.ScheduledProcedureStepStartDate))
                .isEqualTo(TOMORROW);
        assertThat(house.start("DATESIU")).isEqualTo("073000");
        assertThat(house.timeline("DATESIU")).contains("order.time-assumed");
    }

    @Test
    void the_list_of_the_api_has_the_time_too() {
        house.accept(onlyADate(Er7.order("DATEJSON")));

        String list = house.api().get("/api/worklist?accessionNumber=DATEJSON").body();

        assertThat(list).contains("073000");
    }

    // ---- orders without a patient ----

    @ParameterizedTest
    @CsvSource({
        "NOPIDCA, CA, '', CANCELLED, false",
        "NOPIDOC, OC, '', CANCELLED, false",
        "NOPIDDC, DC, '', CANCELLED, false",
        "NOPIDOD, OD, '', CANCELLED, false",
        "NOPIDXO, XO, CA, CANCELLED, false",
        "NOPIDXD, XO, DC, CANCELLED, false",
        "NOPIDHD, HD, '', ON_HOLD, false",
        "NOPIDSC, SC, CM, COMPLETED, false",
        "NOPIDSS, SS, '', SCHEDULED, true"
    })
    void what_stops_holds_or_asks_about_an_order_needs_no_patient(
            String accession, String control, String status, String orderStatus, boolean listed) {
        house.accept(Er7.order(accession));

        house.accept(bare(accession, control, status));

        assertThat(house.api().accession(accession).path("orderStatus").asText())
                .isEqualTo(orderStatus);
        assertThat(house.isListed(accession)).isEqualTo(listed);
    }

    @Test
    void a_hold_and_its_release_need_no_patient_in_any_order_message() {
        house.accept(Er7.order("NOPIDRL"));

        house.accept(bare("NOPIDRL", "HD", "").set("MSH", 9, "OMG^O19").set("MSH", 12, "2.5.1"));
        boolean held = !house.isListed("NOPIDRL");
        house.accept(bare("NOPIDRL", "RL", "").set("MSH", 9, "OMI^O23").set("MSH", 12, "2.5.1"));

        assertThat(held).isTrue();
        assertThat(house.isListed("NOPIDRL")).isTrue();
    }

    @Test
    void a_change_of_a_known_order_needs_no_patient_and_a_new_one_does() {
        house.accept(Er7.order("NOPIDUP"));

        house.accept(Er7.order("NOPIDUP", "XO")
                .without("PID")
                .set("OBR", 27, "1^ONCE^^" + TODAY + "1500^^R")
                .set("ORC", 7, "1^ONCE^^" + TODAY + "1500^^R"));

        assertThat(house.start("NOPIDUP")).isEqualTo("150000");
        assertThat(house.value("NOPIDUP", Tags.PatientID)).isEqualTo("PID-NOPIDUP");
        assertThat(house.send(Er7.order("NOPIDNW").without("PID")).verdict()).isEqualTo("AE 101 PID");
        assertThat(house.send(Er7.order("NOPIDXN", "XO").without("PID")).verdict())
                .isEqualTo("AE 101 PID-3");
    }

    @Test
    void a_patient_who_is_named_must_be_the_one_of_the_order() {
        house.accept(Er7.order("WRONGPID"));

        assertThat(house.send(bare("WRONGPID", "CA", "").after("MSH", "PID|||SOMEBODY-ELSE^^^NORTH"))
                        .verdict())
                .isEqualTo("AE 205 PID-3");
        assertThat(house.isListed("WRONGPID")).isTrue();
    }

    @Test
    void an_early_cancel_without_a_patient_is_remembered() {
        assertThat(house.send(bare("EARLYCA", "CA", "")).verdict()).startsWith("AE 204");

        house.accept(Er7.order("EARLYCA"));

        assertThat(house.isListed("EARLYCA")).isFalse();
    }

    // ---- other patient IDs ----

    @Test
    void the_number_of_the_patient_is_not_among_the_others() {
        house.accept(Er7.order("OTHER1").set("PID", 3, "OLD-9^^^NORTH^MR"));
        house.accept(adt("A40", 1, "NEW-9^^^NORTH^MR").append("MRG|OLD-9^^^NORTH^MR"));
        house.accept(adt("A08", 2, "OLD-9^^^NORTH^MR~NEW-9^^^NORTH^MR"));
        house.accept(Er7.order("OTHER2").set("PID", 3, "OLD-9^^^NORTH^MR~NEW-9^^^NORTH^PI"));
        house.accept(Er7.order("OTHER3").set("PID", 3, "NEW-9^^^NORTH^MR~NEW-9^^^NORTH^PI~OLD-9^^^NORTH^MR"));

        for (String accession : List.of("OTHER1", "OTHER2", "OTHER3")) {
            DataSet entry = house.entry(accession);
            assertThat(entry.text(Tags.PatientID)).as(accession).isEqualTo("NEW-9");
            assertThat(entry.items(Tags.OtherPatientIDsSequence))
                    .as(accession)
                    .extracting(item -> item.text(Tags.PatientID))
                    .containsExactly("OLD-9");
        }
    }

    // ---- performed after a cancel ----

    @Test
    void what_is_performed_after_a_cancel_counts_and_the_order_stays_cancelled() {
        house.accept(Er7.order("AFTER1"));
        DataSet entry = house.entry("AFTER1");
        house.accept(Er7.order("AFTER1", "CA"));

        PerformedStep step = house.scanner().begin(house.engine(), entry);
        String begun = house.api().accession("AFTER1").path("procedureState").asText();
        house.scanner().complete(step);

        JsonNode accession = house.api().awaitStates("AFTER1", "COMPLETED", "OUTSTANDING");
        assertThat(begun).isEqualTo("IN_PROGRESS");
        assertThat(accession.path("orderStatus").asText()).isEqualTo("CANCELLED");
        assertThat(house.isListed("AFTER1")).isFalse();
        assertThat(house.raised("AFTER1")).containsExactly("performed-after-cancel");
    }

    @Test
    void a_cancel_while_it_is_performed_is_told_with_its_end() {
        house.accept(Er7.order("AFTER2"));
        PerformedStep step = house.scanner().begin(house.engine(), "AFTER2");
        house.accept(Er7.order("AFTER2", "OC"));

        house.scanner().complete(step);

        JsonNode accession = house.api().awaitStates("AFTER2", "COMPLETED", "OUTSTANDING");
        assertThat(accession.path("orderStatus").asText()).isEqualTo("CANCELLED");
        assertThat(house.raised("AFTER2")).containsExactly("performed-after-cancel");
    }

    // ---- a station by hand ----

    @Test
    void a_station_that_may_not_ask_for_the_worklist_is_refused_unless_it_is_meant() {
        house.accept(Er7.order("HAND2"));

        HttpResponse<String> refused = house.api().post("/api/accessions/HAND2/stations", "{\"stations\":[\"CT9\"]}");
        HttpResponse<String> meant =
                house.api().post("/api/accessions/HAND2/stations", "{\"stations\":[\"CT9\"],\"anyway\":true}");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("CT9 is not registered for the worklist")
                .contains("anyway");
        assertThat(meant.statusCode()).isEqualTo(200);
        assertThat(house.stepValue("HAND2", Tags.ScheduledStationAETitle)).isEqualTo("CT9");
    }

    private static String day(int from) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(
                LocalDate.parse(Messages.today(), DateTimeFormatter.BASIC_ISO_DATE)
                        .plusDays(from));
    }

    private static Er7 codes(String accession, String protocol) {
        return Er7.order(accession).set("OBR", 4, "P1^Two parts^99NORTH^" + protocol);
    }

    private static Er7 later(String accession, String control, int number, String protocol) {
        return Er7.order(accession, control)
                .set("MSH", 10, accession + "-" + number)
                .set("MSH", 7, TODAY + "09300" + number)
                .set("OBR", 4, "P1^Two parts^99NORTH^" + protocol);
    }

    private static Er7 imaging(String accession, String protocol, String station) {
        return Er7.order(accession)
                .set("MSH", 9, "OMI^O23")
                .set("MSH", 12, "2.5.1")
                .without("ZDS")
                .append(ipc(accession, protocol, station));
    }

    private static String ipc(String accession, String protocol, String station) {
        return "IPC|%1$s|RP%1$s|%2$s|SPS%1$s|CT|%3$s|||%4$s"
                .formatted(accession, Messages.studyOf(accession), protocol, station);
    }

    private static Er7 onlyADate(Er7 order) {
        return order.set("ORC", 7, "1^ONCE^^" + TODAY + "^^R").set("OBR", 27, "1^ONCE^^" + TODAY + "^^R");
    }

    /** An order message with nothing but MSH and ORC. */
    private static Er7 bare(String accession, String control, String status) {
        return Er7.order(accession, control)
                .without("PID")
                .without("OBR")
                .without("ZDS")
                .set("ORC", 5, status)
                .set("ORC", 7, "");
    }

    private static Er7 adt(String event, int number, String identifiers) {
        return Er7.of("""
                MSH|^~\\&|NORTHADT|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s10000%2$d||ADT^%3$s|OTHER-%2$d|P|2.5
                EVN||%1$s10000%2$d
                PID|||%4$s||DOE^JANE
                """.formatted(TODAY, number, event, identifiers));
    }

    private static List<String> protocols(String accession) {
        return house
                .entry(accession)
                .item(Tags.ScheduledProcedureStepSequence)
                .items(Tags.ScheduledProtocolCodeSequence)
                .stream()
                .map(item -> item.text(Tags.CodeValue))
                .toList();
    }

    private static boolean isFoundAt(String accession, String times) {
        return !house.scanner()
                .find(
                        house.engine(),
                        Dictionary.dataSet()
                                .put(Tags.AccessionNumber, accession)
                                .build(),
                        Dictionary.dataSet()
                                .put(Tags.ScheduledProcedureStepStartDate, TODAY)
                                .put(Tags.ScheduledProcedureStepStartTime, times)
                                .build())
                .isEmpty();
    }
}
