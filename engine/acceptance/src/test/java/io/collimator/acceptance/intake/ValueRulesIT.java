package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the values of a message become on the worklist, in a hospital in Oslo. */
class ValueRulesIT {

    @TempDir
    private static Path folder;

    private static IntakeHouse house;

    @BeforeAll
    static void open() {
        house = IntakeHouse.open(
                folder,
                Map.of(
                        "collimator.time-zone", "Europe/Oslo",
                        "collimator.hl7.patient-id-authority", "NORTH",
                        "collimator.worklist.hide-after-days", "3650"),
                home -> home);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void two_double_quotes_delete_the_birth_date() {
        house.accept(Er7.order("CLEAR1"));
        assertThat(house.value("CLEAR1", Tags.PatientBirthDate)).isEqualTo("19800101");

        house.accept(Er7.order("CLEAR1", "XO").set("PID", 7, "\"\""));

        assertThat(house.value("CLEAR1", Tags.PatientBirthDate)).isEmpty();
    }

    @Test
    void the_parts_of_a_name_find_their_places() {
        house.accept(Er7.order("NAME1").set("PID", 5, "DOE^JOHN^M^JR^DR^MD"));

        assertThat(house.value("NAME1", Tags.PatientName)).isEqualTo("DOE^JOHN^M^DR^JR MD");
    }

    @Test
    void the_identifier_of_the_hospital_is_the_patient_id_and_the_others_are_kept() {
        house.accept(Er7.order("IDS1").set("PID", 3, "N-1^^^NATIONAL^NI~PID-IDS1^^^NORTH^PI~S-7^^^SOUTH^MR"));

        DataSet entry = house.entry("IDS1");

        assertThat(entry.text(Tags.PatientID)).isEqualTo("PID-IDS1");
        assertThat(entry.text(Tags.IssuerOfPatientID)).isEqualTo("NORTH");
        assertThat(entry.items(Tags.OtherPatientIDsSequence))
                .extracting(item -> item.text(Tags.PatientID))
                .containsExactly("N-1", "S-7");
    }

    @ParameterizedTest
    @CsvSource({"SEX1, U, ''", "SEX2, A, O", "SEX3, M, M", "SEX4, O, O"})
    void the_sex_is_a_dicom_term(String accession, String sent, String expected) {
        house.accept(Er7.order(accession).set("PID", 8, sent));

        assertThat(house.value(accession, Tags.PatientSex)).isEqualTo(expected);
    }

    @Test
    void an_empty_sex_changes_nothing() {
        house.accept(Er7.order("SEX5").set("PID", 8, "F"));

        house.accept(Er7.order("SEX5", "XO").set("PID", 8, ""));

        assertThat(house.value("SEX5", Tags.PatientSex)).isEqualTo("F");
    }

    @Test
    void a_time_with_an_offset_becomes_local_also_in_the_gap_of_the_summer_time() {
        house.accept(
                Er7.order("GAP1").set("ORC", 7, "").set("OBR", 27, "").after("ORC", "TQ1|1||||||202603290230+0200"));

        assertThat(house.stepValue("GAP1", Tags.ScheduledProcedureStepStartDate))
                .isEqualTo("20260329");
        assertThat(house.stepValue("GAP1", Tags.ScheduledProcedureStepStartTime))
                .startsWith("0130");
    }

    @Test
    void a_date_alone_is_answered_with_the_time_that_stands_in() {
        house.accept(
                Er7.order("DAY1").set("ORC", 7, "").set("OBR", 27, "").after("ORC", "TQ1|1||||||" + Messages.today()));

        assertThat(house.stepValue("DAY1", Tags.ScheduledProcedureStepStartDate))
                .isEqualTo(Messages.today());
        assertThat(house.stepValue("DAY1", Tags.ScheduledProcedureStepStartTime))
                .isEqualTo("000000");
    }

    @Test
    void escape_sequences_are_text_in_one_line_or_in_several() {
        house.accept(Er7.order("ESC1")
                .set("OBR", 31, "PAIN \\T\\ SWELLING\\.br\\LEFT KNEE")
                .append("NTE|1||FIRST LINE\\.br\\SECOND\\X0D0A\\THIRD"));

        assertThat(house.value("ESC1", Tags.ReasonForTheRequestedProcedure)).isEqualTo("PAIN & SWELLING LEFT KNEE");
        assertThat(house.value("ESC1", Tags.RequestedProcedureComments)).isEqualTo("FIRST LINE\r\nSECOND\r\nTHIRD");
    }

    @ParameterizedTest
    @CsvSource({"SLASH1, 'ALLERGIC\\E\\PENICILLIN'", "SLASH2, 'ALLERGIC\\PENICILLIN'"})
    void a_backslash_never_divides_a_value(String accession, String sent) {
        house.accept(Er7.order(accession).set("OBR", 31, sent));

        assertThat(house.entry(accession).texts(Tags.ReasonForTheRequestedProcedure))
                .containsExactly("ALLERGIC/PENICILLIN");
    }

    @Test
    void free_text_that_is_cut_says_so() {
        house.accept(Er7.order("CUT1").set("OBR", 31, "LONG REASON ".repeat(12)));

        assertThat(house.value("CUT1", Tags.ReasonForTheRequestedProcedure))
                .hasSizeLessThanOrEqualTo(64)
                .endsWith("...");
    }

    @Test
    void allergies_and_alerts_are_divided_and_never_cut() {
        String alert =
                "PACEMAKER MODEL X IMPLANTED 2019, FOLLOWED BY CARDIOLOGY, NOT CONDITIONAL FOR MAGNETIC RESONANCE";
        house.accept(Er7.order("ALERT1").set("OBR", 13, alert).after("PID", "AL1|1|DA|1191^" + "ASPIRIN ".repeat(15)));

        List<String> alerts = house.entry("ALERT1").texts(Tags.MedicalAlerts);
        List<String> allergies = house.entry("ALERT1").texts(Tags.Allergies);

        assertThat(alerts).hasSizeGreaterThan(1).allMatch(value -> value.length() <= 64);
        assertThat(String.join(" ", alerts)).isEqualTo(alert);
        assertThat(allergies).hasSizeGreaterThan(1).allMatch(value -> value.length() <= 64);
        assertThat(String.join(" ", allergies)).isEqualTo("ASPIRIN ".repeat(15).strip());
    }

    @Test
    void a_step_without_a_station_is_found_without_one_and_is_an_exception() {
        house.accept(Er7.order("NOWHERE1").set("OBR", 24, "XA"));

        assertThat(house.stepValue("NOWHERE1", Tags.ScheduledStationAETitle)).isEmpty();
        assertThat(house.scanner().entriesAt(house.engine(), "CT1"))
                .noneMatch(entry -> entry.text(Tags.AccessionNumber).equals("NOWHERE1"));
        assertThat(house.api().exceptionTypes()).contains("no-station");
    }
}
