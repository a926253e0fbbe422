package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.Acknowledgement;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.QueueReader;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.simulators.modality.PerformedStep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ADT while the worklist is open: changes of name, merges, changes of ID. */
class PatientIT {

    private static final String ADT = """
            MSH|^~\\&|NORTHADT|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s||ADT^%2$s|%3$s|P|2.3.1
            EVN|%2$s|%1$s
            PID|||%4$s^^^NORTH||%5$s||19800101|F
            PV1||I|WARD 9^1^A
            """;

    @TempDir
    private static Path folder;

    private static IntakeHouse house;
    private static QueueReader queues;

    @BeforeAll
    static void open() {
        house = IntakeHouse.open(folder);
        queues = house.engine().queues();
    }

    @AfterAll
    static void close() {
        queues.close();
        house.close();
    }

    @Test
    void a_new_name_is_on_the_list_at_once() {
        house.accept(Er7.order("ADT1"));

        assertThat(house.send(update("A08", "PID-ADT1", "NEWNAME^ADT1")).verdict())
                .isEqualTo("AA");

        assertThat(house.value("ADT1", Tags.PatientName)).isEqualTo("NEWNAME^ADT1");
        assertThat(house.value("ADT1", Tags.CurrentPatientLocation)).isEqualTo("WARD 9^1^A");
        assertThat(house.api().accession("ADT1").at("/patient/name").asText()).isEqualTo("NEWNAME^ADT1");
        assertThat(eventsOfType("patient.updated"))
                .anyMatch(body -> body.toString().contains("PID-ADT1"));
    }

    @Test
    void a_new_name_during_the_exam_leaves_the_exam_alone() {
        house.accept(Er7.order("ADT2"));
        PerformedStep step = house.scanner().begin(house.engine(), "ADT2");

        house.accept(update("A08", "PID-ADT2", "NEWNAME^ADT2"));
        house.scanner().complete(step);

        house.api().awaitStates("ADT2", "COMPLETED", "OUTSTANDING");
    }

    @Test
    void an_older_change_is_acknowledged_and_not_applied() {
        house.accept(Er7.order("ADT3"));
        house.accept(update("A08", "PID-ADT3", "SECOND^ADT3"));

        Acknowledgement answer = house.send(update("A08", "PID-ADT3", "FIRST^ADT3")
                .set("MSH", 7, Messages.today() + "080000")
                .set("EVN", 2, Messages.today() + "080000")
                .set("MSH", 10, "ADT3-OLD"));

        assertThat(answer.verdict()).isEqualTo("AA");
        assertThat(house.value("ADT3", Tags.PatientName)).isEqualTo("SECOND^ADT3");
    }

    @Test
    void after_a_merge_the_next_query_shows_the_survivor() {
        house.accept(Er7.order("MERGE1"));

        assertThat(house.send(merge("PID-SURVIVOR1", "PID-MERGE1")).verdict()).isEqualTo("AA");

        DataSet entry = house.entry("MERGE1");
        assertThat(entry.text(Tags.PatientID)).isEqualTo("PID-SURVIVOR1");
        assertThat(entry.items(Tags.OtherPatientIDsSequence))
                .extracting(item -> item.text(Tags.PatientID))
                .contains("PID-MERGE1");
        assertThat(house.api().accession("MERGE1").at("/patient/id").asText()).isEqualTo("PID-SURVIVOR1");
        assertThat(eventsOfType("patient.merged"))
                .anyMatch(body -> body.toString().contains("PID-SURVIVOR1"));
    }

    @Test
    void an_exam_that_was_in_progress_at_the_merge_keeps_its_order() {
        house.accept(Er7.order("MERGE2"));
        PerformedStep step = house.scanner().begin(house.engine(), "MERGE2");

        house.accept(merge("PID-SURVIVOR2", "PID-MERGE2"));
        house.scanner().complete(step);

        JsonNode accession = house.api().awaitStates("MERGE2", "COMPLETED", "OUTSTANDING");
        assertThat(accession.at("/patient/id").asText()).isEqualTo("PID-SURVIVOR2");
        assertThat(house.api().exceptions().toString()).doesNotContain("MERGE2");
    }

    @Test
    void an_exam_that_begins_with_the_number_from_before_the_merge_finds_its_order() {
        house.accept(Er7.order("MERGE3"));
        DataSet before = house.entry("MERGE3");
        house.accept(merge("PID-SURVIVOR3", "PID-MERGE3"));

        house.scanner().begin(house.engine(), before);

        assertThat(house.api().accession("MERGE3").path("procedureState").asText())
                .isEqualTo("IN_PROGRESS");
    }

    @Test
    void orders_under_the_old_number_go_to_the_survivor() {
        house.accept(Er7.order("MERGE4"));
        house.accept(merge("PID-SURVIVOR4", "PID-MERGE4"));

        house.accept(Er7.order("MERGE4B").set("PID", 3, "PID-MERGE4^^^NORTH"));
        house.accept(Er7.order("MERGE4", "XO").set("OBR", 4, "CTNECK^CT NECK^99NORTH"));

        assertThat(house.value("MERGE4B", Tags.PatientID)).isEqualTo("PID-SURVIVOR4");
        assertThat(house.value("MERGE4", Tags.RequestedProcedureDescription)).isEqualTo("CT NECK");
    }

    @Test
    void a_chain_of_merges_ends_at_the_last_survivor() {
        house.accept(Er7.order("CHAIN1"));
        house.accept(merge("PID-CHAIN-B", "PID-CHAIN1"));
        house.accept(merge("PID-CHAIN-C", "PID-CHAIN-B"));

        house.accept(Er7.order("CHAIN2").set("PID", 3, "PID-CHAIN1^^^NORTH"));

        assertThat(house.value("CHAIN1", Tags.PatientID)).isEqualTo("PID-CHAIN-C");
        assertThat(house.value("CHAIN2", Tags.PatientID)).isEqualTo("PID-CHAIN-C");
    }

    @Test
    void a_merge_that_comes_twice_changes_nothing() {
        house.accept(Er7.order("MERGE5"));
        house.accept(merge("PID-SURVIVOR5", "PID-MERGE5"));

        Acknowledgement answer = house.send(merge("PID-SURVIVOR5", "PID-MERGE5").set("MSH", 10, "M5-AGAIN"));

        assertThat(answer.verdict()).isEqualTo("AA");
        assertThat(house.value("MERGE5", Tags.PatientID)).isEqualTo("PID-SURVIVOR5");
    }

    @Test
    void a_merge_of_an_unknown_number_is_remembered() {
        house.accept(merge("PID-SURVIVOR6", "PID-MERGE6"));

        house.accept(Er7.order("MERGE6"));

        assertThat(house.value("MERGE6", Tags.PatientID)).isEqualTo("PID-SURVIVOR6");
    }

    @Test
    void a_reversed_merge_is_refused() {
        house.accept(Er7.order("MERGE7"));
        house.accept(merge("PID-SURVIVOR7", "PID-MERGE7"));

        Acknowledgement answer = house.send(merge("PID-MERGE7", "PID-SURVIVOR7"));

        assertThat(answer.verdict()).isEqualTo("AE 205 MRG-1");
        assertThat(house.value("MERGE7", Tags.PatientID)).isEqualTo("PID-SURVIVOR7");
    }

    @Test
    void a_patient_cannot_be_merged_into_itself() {
        assertThat(house.send(merge("PID-SELF", "PID-SELF")).verdict()).isEqualTo("AE 205 MRG-1");
    }

    @ParameterizedTest
    @CsvSource({"PID, 3, AE 101 PID-3", "MRG, 1, AE 101 MRG-1"})
    void a_merge_names_both_patients(String segment, int field, String verdict) {
        assertThat(house.send(merge("PID-A", "PID-B").set(segment, field, "")).verdict())
                .isEqualTo(verdict);
    }

    @Test
    void a_change_of_id_moves_everything_to_the_new_one() {
        house.accept(Er7.order("CHANGEID1"));

        assertThat(house.send(merge("PID-NEWID1", "PID-CHANGEID1")
                                .set("MSH", 9, "ADT^A47^ADT_A30")
                                .set("EVN", 1, "A47"))
                        .verdict())
                .isEqualTo("AA");

        assertThat(house.value("CHANGEID1", Tags.PatientID)).isEqualTo("PID-NEWID1");
    }

    @Test
    void a_change_of_id_to_one_that_is_taken_is_refused() {
        house.accept(Er7.order("TAKENID1"));
        house.accept(Er7.order("TAKENID2"));

        Acknowledgement answer = house.send(merge("PID-TAKENID2", "PID-TAKENID1")
                .set("MSH", 9, "ADT^A47^ADT_A30")
                .set("EVN", 1, "A47"));

        assertThat(answer.verdict()).isEqualTo("AE 205 PID-3");
        assertThat(house.value("TAKENID1", Tags.PatientID)).isEqualTo("PID-TAKENID1");
    }

    @ParameterizedTest
    @CsvSource({"A01", "A02", "A03", "A04", "A05", "A06", "A07", "A11", "A12", "A13", "A28", "A31"})
    void every_event_of_the_visit_is_taken(String event) {
        assertThat(house.send(update(event, "PID-EVENT-" + event, "EVENT^" + event))
                        .verdict())
                .isEqualTo("AA");
    }

    private static Er7 update(String event, String patientId, String name) {
        return Er7.of(ADT.formatted(Messages.today() + "120000", event, event + "-" + patientId, patientId, name));
    }

    private static Er7 merge(String survivor, String prior) {
        return update("A40", survivor, "SURVIVOR^ANNA")
                .set("MSH", 10, "A40-" + Math.abs((survivor + prior).hashCode()))
                .without("PV1")
                .append("MRG|" + prior + "^^^NORTH");
    }

    private static List<JsonNode> eventsOfType(String type) {
        Awaitility.await(type)
                .atMost(Duration.ofMinutes(1))
                .until(() -> queues.all().stream()
                        .anyMatch(taken -> taken.eventType().equals(type)));
        return queues.all().stream()
                .filter(taken -> taken.eventType().equals(type))
                .map(taken -> json(taken.body()))
                .toList();
    }

    private static JsonNode json(String body) {
        try {
            return EngineApi.JSON.readTree(body);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The event is no JSON.", e);
        }
    }
}
