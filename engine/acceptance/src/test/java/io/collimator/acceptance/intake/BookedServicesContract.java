package io.collimator.acceptance.intake;

import static io.collimator.acceptance.intake.ExamMessages.appointment;
import static io.collimator.acceptance.intake.ExamMessages.procedures;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.acceptance.engine.Er7;
import io.collimator.dicom.dictionary.Tags;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Appointments of several services and orders, and what becomes of them; on any database. */
abstract class BookedServicesContract {

    private static IntakeHouse house;

    static void use(IntakeHouse opened) {
        house = opened;
    }

    static void close() {
        house.close();
    }

    @Test
    void each_service_of_an_appointment_goes_to_its_own_step() {
        house.accept(procedures("BOOKED", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = house.steps("BOOKED");

        house.accept(appointment("S12", "BOOKED", 1, "SPINE 1430 ROOM2", "SKULL 1330 ROOM1"));

        assertThat(house.steps("BOOKED"))
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
        List<String> before = house.steps("MOVEDONE");

        house.accept(appointment("S13", "MOVEDONE", 1, "SPINE 1600"));

        assertThat(house.steps("MOVEDONE"))
                .containsExactly(before.get(0), before.get(1).replace("1100", "1600"));
    }

    @Test
    void a_service_that_is_deleted_takes_its_own_step_away() {
        house.accept(procedures("DELETED", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = house.steps("DELETED");

        house.accept(
                appointment("S14", "DELETED", 1, "SKULL 1200", "SPINE 1100").set("AIS", 2, 2, "D"));

        assertThat(house.steps("DELETED")).containsExactly(before.get(0).replace("1000", "1200"));
    }

    @Test
    void an_appointment_that_is_cancelled_for_one_service_leaves_the_other() {
        house.accept(procedures("LEFTONE", "NW", 0, "SKULL 1000", "SPINE 1100"));
        List<String> before = house.steps("LEFTONE");

        house.accept(appointment("S15", "LEFTONE", 1, "SKULL 1000"));

        assertThat(house.steps("LEFTONE")).containsExactly(before.get(1));
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
        List<String> before = house.steps("UNFIT");

        assertThat(house.send(appointment("S13", "UNFIT", 1, "PELVIS 1600")).verdict())
                .isEqualTo("AE 204 AIS-3");
        house.accept(appointment("S13", "UNFIT", 2, "PELVIS 1600", "SPINE 1700"));

        assertThat(house.steps("UNFIT"))
                .containsExactly(before.get(0), before.get(1).replace("1100", "1700"));
        assertThat(house.raised("UNFIT")).containsExactly("no-effect");
    }

    @Test
    void an_appointment_of_two_orders_reaches_both() {
        house.accept(Er7.order("ORDERA"));
        house.accept(Er7.order("ORDERB").set("PID", 3, "PID-ORDERA^^^NORTH"));

        house.accept(appointment("S13", "ORDERA", 1, "CTABD 1600", "CTABD 1700")
                .set("SCH", 26, "ORD-ORDERA^NORTHRIS~ORD-ORDERB^NORTHRIS")
                .set("SCH", 27, "FIL-ORDERA^NORTHRAD~FIL-ORDERB^NORTHRAD"));

        assertThat(house.start("ORDERA")).isEqualTo("160000");
        assertThat(house.start("ORDERB")).isEqualTo("170000");
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

        assertThat(house.timeline("STATUSX")).contains("appointment.warning");
    }
}
