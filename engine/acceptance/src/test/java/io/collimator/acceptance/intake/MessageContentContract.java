package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.acceptance.engine.Acknowledgement;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written arrives whole, a null silences nothing but its own value, and what is left out is told. */
abstract class MessageContentContract {

    private static final String NULL = "\"\"";
    private static final String STRICT =
            "senders:\n  STRICT:\n    match: {application: STRICTRIS}\n    strictness: strict\n";

    @TempDir
    static Path folder;

    static IntakeHouse house;

    static void open(Map<String, String> settings) {
        house = IntakeHouse.open(folder, settings, MessageContentContract::withUltrasound);
    }

    private static TestHome withUltrasound(TestHome home) {
        return home.write("mapping/tables/stations.csv", "from,to\nCT,CT1\nUS,US1\n")
                .write("mapping/senders.yaml", STRICT);
    }

    @Test
    void texts_with_unescaped_delimiters_arrive_whole() {
        house.accept(Er7.order("TEXT1")
                .set("OBR", 4, "CTABD^Abdomen & pelvis^99NORTH")
                .set("OBR", 12, "^MRSA & VRE")
                .set("OBR", 13, "Iodine & latex ^ severe")
                .set("OBR", 31, "^Fall & head trauma")
                .after("PID", "AL1|1|DA|^Penicillin & cephalosporin")
                .append("OBX|1|TX|11329-0||Stent & bypass ^ 2019")
                .append("NTE|1||Creatinine > 10^2 & on metformin"));

        DataSet entry = house.entry("TEXT1");

        assertThat(entry.text(Tags.RequestedProcedureDescription)).isEqualTo("Abdomen & pelvis");
        assertThat(entry.text(Tags.PatientState)).isEqualTo("MRSA & VRE");
        assertThat(entry.text(Tags.MedicalAlerts)).isEqualTo("Iodine & latex ^ severe");
        assertThat(entry.text(Tags.ReasonForTheRequestedProcedure)).isEqualTo("Fall & head trauma");
        assertThat(entry.text(Tags.Allergies)).isEqualTo("Penicillin & cephalosporin");
        assertThat(entry.text(Tags.AdditionalPatientHistory)).isEqualTo("Stent & bypass ^ 2019");
        assertThat(entry.text(Tags.RequestedProcedureComments)).isEqualTo("Creatinine > 10^2 & on metformin");
        assertThat(timeline("TEXT1")).doesNotContain("order.warning");
    }

    @Test
    void all_repetitions_arrive_in_order() {
        house.accept(Er7.order("REP1")
                .set("PID", 13, "555 1~555 2")
                .set("OBR", 13, "Pacemaker~Stent")
                .set("OBR", 31, "^Pain~^Swelling")
                .after("PID", "NTE|1||Deaf~Afraid of needles")
                .append("OBX|1|TX|11329-0||first~second")
                .append("OBX|2|TX|11329-0||third")
                .append("NTE|1||One~Two")
                .append("NTE|2||~Three"));

        DataSet entry = house.entry("REP1");

        assertThat(entry.texts(Tags.PatientTelephoneNumbers)).containsExactly("555 1", "555 2");
        assertThat(entry.texts(Tags.MedicalAlerts)).containsExactly("Pacemaker", "Stent");
        assertThat(entry.text(Tags.ReasonForTheRequestedProcedure)).isEqualTo("Pain; Swelling");
        assertThat(entry.text(Tags.PatientComments)).isEqualTo("Deaf\r\nAfraid of needles");
        assertThat(entry.text(Tags.AdditionalPatientHistory)).isEqualTo("first\r\nsecond\r\nthird");
        assertThat(entry.text(Tags.RequestedProcedureComments)).isEqualTo("One\r\nTwo\r\nThree");
    }

    @Test
    void a_null_in_one_source_silences_no_other() {
        house.accept(Er7.order("NULL1").set("ORC", 13, NULL).set("OBR", 24, "US"));
        house.accept(
                Er7.order("NULL2").set("ORC", 7, NULL).set("OBR", 27, NULL).set("OBR", 36, Messages.today() + "1200"));
        house.accept(Er7.order("NULL3").set("OBR", 18, NULL).set("ORC", 3, "NULL3^NORTHRAD"));
        house.accept(
                Er7.order("NULL4").set("ORC", 17, NULL).set("OBR", 16, NULL).set("ORC", 12, "7^GREEN"));

        assertThat(house.api().accession("NULL1").toString()).contains("\"stationAeTitle\":\"US1\"");
        assertThat(house.stepValue("NULL2", Tags.ScheduledProcedureStepStartTime))
                .startsWith("1200");
        assertThat(house.isListed("NULL3")).isTrue();
        assertThat(house.value("NULL4", Tags.InstitutionName)).isEqualTo("NORTH GENERAL");
        assertThat(house.value("NULL4", Tags.RequestingPhysician)).isEqualTo("GREEN");
    }

    @Test
    void a_null_in_an_update_deletes_unless_another_source_or_a_stand_in_has_a_value() {
        house.accept(Er7.order("NULL5")
                .set("OBR", 31, "^Pain")
                .set("ORC", 17, "RAD^Radiology")
                .set("OBR", 16, "1^SMITH")
                .set("OBR", 30, "WALK"));

        house.accept(Er7.order("NULL5", "XO")
                .set("OBR", 31, NULL)
                .set("ORC", 17, NULL)
                .set("OBR", 16, NULL)
                .set("ORC", 12, "2^JONES"));

        DataSet entry = house.entry("NULL5");
        assertThat(entry.text(Tags.ReasonForTheRequestedProcedure)).isEmpty();
        assertThat(entry.text(Tags.InstitutionName)).isEqualTo("NORTH GENERAL");
        assertThat(entry.text(Tags.RequestingPhysician)).isEqualTo("JONES");
        assertThat(entry.text(Tags.PatientTransportArrangements)).isEqualTo("Walks");
    }

    @Test
    void an_identifier_whose_number_is_null_is_none() {
        house.accept(Er7.order("NULL6").set("PID", 3, "\"\"^^^WEST^MR~PID-NULL6^^^NORTH"));

        assertThat(house.value("NULL6", Tags.PatientID)).isEqualTo("PID-NULL6");
        assertThat(house.value("NULL6", Tags.IssuerOfPatientID)).isEqualTo("NORTH");
    }

    @Test
    void what_is_left_out_stands_in_the_timeline_and_is_counted() {
        house.accept(Er7.order("LEFT1").set("OBR", 16, "1^SMITH~2^JONES"));

        assertThat(timeline("LEFT1")).contains("order.warning", "OBR-16 (requesting-physician)");
        assertThat(timeline("LEFT1")).doesNotContain("JONES");
        assertThat(house.api().get("/metrics").body())
                .containsPattern("collimator_messages_leniency_total\\{[^}]*kind=\"left-out\"[^}]*\\} [1-9]");
    }

    @Test
    void what_is_left_out_is_refused_of_a_strict_sender() {
        Acknowledgement answer =
                house.send(Er7.order("LEFT2").set("MSH", 3, "STRICTRIS").set("OBR", 16, "1^SMITH~2^JONES"));

        assertThat(answer.code()).isEqualTo("AE");
        assertThat(answer.text()).contains("OBR-16");
        assertThat(house.isKnown("LEFT2")).isFalse();
    }

    private static String timeline(String accession) {
        return house.api().accession(accession).get("timeline").toString();
    }
}
