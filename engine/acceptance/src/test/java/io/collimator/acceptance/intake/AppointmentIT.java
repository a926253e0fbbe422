package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.dicom.dictionary.Tags;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIU: the scheduler moves, cancels and restores appointments of orders. */
class AppointmentIT {

    private static final String SIU = """
            MSH|^~\\&|NORTHSCHED|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s||SIU^%2$s^SIU_S12|%3$s-%2$s|P|2.5.1
            SCH|APT-%3$s|||||RESCHED^Machine service|||20|min|^^20^%4$s|||||||||||||||ORD-%3$s^NORTHRIS|FIL-%3$s^NORTHRAD
            PID|||PID-%3$s^^^NORTH||TEST^%3$s||19800101|F
            RGS|1
            AIS|1||CTABD^CT ABDOMEN^99NORTH|%4$s
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

    @ParameterizedTest
    @ValueSource(strings = {"S12", "S13", "S14"})
    void the_start_moves(String event) {
        String accession = "SIU" + event;
        house.accept(Er7.order(accession));

        assertThat(house.send(appointment(event, accession, "1545")).verdict()).isEqualTo("AA");

        assertThat(house.stepValue(accession, Tags.ScheduledProcedureStepStartTime))
                .startsWith("1545");
        assertThat(house.value(accession, Tags.StudyInstanceUID)).isEqualTo(Messages.studyOf(accession));
    }

    @ParameterizedTest
    @ValueSource(strings = {"S15", "S17"})
    void a_cancelled_appointment_hides_the_step_until_there_is_a_new_one(String event) {
        String accession = "SIUOFF" + event;
        house.accept(Er7.order(accession));

        house.accept(appointment(event, accession, "1500"));
        boolean listedWhileCancelled = house.isListed(accession);
        house.accept(appointment("S12", accession, "1600").set("MSH", 7, Messages.today() + "110000"));

        assertThat(listedWhileCancelled).isFalse();
        assertThat(house.stepValue(accession, Tags.ScheduledProcedureStepStartTime))
                .startsWith("1600");
    }

    @Test
    void a_cancelled_appointment_of_an_exam_that_has_begun_changes_nothing() {
        house.accept(Er7.order("SIUBEGUN"));
        house.scanner().begin(house.engine(), "SIUBEGUN");

        assertThat(house.send(appointment("S15", "SIUBEGUN", "1500")).verdict()).isEqualTo("AA");

        assertThat(house.api().accession("SIUBEGUN").path("procedureState").asText())
                .isEqualTo("IN_PROGRESS");
    }

    @Test
    void a_patient_who_did_not_come_stays_on_the_list() {
        house.accept(Er7.order("SIUNOSHOW"));

        assertThat(house.send(appointment("S26", "SIUNOSHOW", "1500")).verdict())
                .isEqualTo("AA");

        assertThat(house.isListed("SIUNOSHOW")).isTrue();
    }

    @Test
    void an_appointment_of_an_unknown_order_is_refused() {
        assertThat(house.send(appointment("S13", "SIUNEVER", "1500")).verdict()).isEqualTo("AE 204 SCH-27");
        assertThat(house.isKnown("SIUNEVER")).isFalse();
    }

    @Test
    void an_appointment_of_another_patient_is_refused() {
        house.accept(Er7.order("SIUWRONG"));

        assertThat(house.send(appointment("S13", "SIUWRONG", "1500").set("PID", 3, "SOMEBODY-ELSE^^^NORTH"))
                        .verdict())
                .isEqualTo("AE 205 PID-3");
        assertThat(house.stepValue("SIUWRONG", Tags.ScheduledProcedureStepStartTime))
                .startsWith("1100");
    }

    private static Er7 appointment(String event, String accession, String time) {
        return Er7.of(SIU.formatted(
                Messages.today() + "1000" + event.substring(1), event, accession, Messages.today() + time));
    }
}
