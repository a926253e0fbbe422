package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.PatientDesk.NINE;
import static io.collimator.workflow.usecase.PatientDesk.TEN;
import static io.collimator.workflow.usecase.PatientDesk.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.patient.PatientEvent;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientMessage;
import io.collimator.workflow.testing.Fixtures;
import io.collimator.workflow.usecase.AcceptedAdt.Effect;
import io.collimator.workflow.worklist.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Domain §10.10 and edge cases 98, 100, 108. */
class AdtMessagesReachTheWorklistTest {

    private final PatientDesk desk = new PatientDesk();

    @ParameterizedTest
    @CsvSource({
        // event, name after, location after, visit status after
        "A01, NEW^NAME, WARD 4, ADMITTED",
        "A02, DOE^JOHN, WARD 4, ''",
        "A03, DOE^JOHN, WARD 4, DISCHARGED",
        "A04, NEW^NAME, WARD 4, ADMITTED",
        "A05, NEW^NAME, WARD 4, SCHEDULED",
        "A06, DOE^JOHN, WARD 4, ''",
        "A07, DOE^JOHN, WARD 4, ''",
        "A08, NEW^NAME, WARD 4, ''",
        "A10, DOE^JOHN, WARD 4, ADMITTED",
        "A11, DOE^JOHN, '', ''",
        "A12, DOE^JOHN, WARD 4, ''",
        "A13, DOE^JOHN, WARD 4, ADMITTED",
        "A28, NEW^NAME, WARD 4, ''",
        "A31, NEW^NAME, WARD 4, ''",
        "A38, DOE^JOHN, '', ''"
    })
    void each_event_reaches_as_far_as_it_says(String event, String name, String location, String visitStatus) {
        desk.order(
                "ACC1",
                "P1^NORTH",
                data().put(Tags.CurrentPatientLocation, "WARD 1").build());

        AcceptedAdt accepted = desk.adt(
                event,
                "P1^NORTH",
                data().put(Tags.PatientName, "NEW^NAME")
                        .put(Tags.CurrentPatientLocation, "WARD 4")
                        .build());

        assertThat(accepted.effect()).isEqualTo(Effect.CHANGED);
        DataSet entry = desk.entry("ACC1");
        assertThat(entry.text(Tags.PatientName)).isEqualTo(name);
        assertThat(entry.text(Tags.CurrentPatientLocation)).isEqualTo(location);
        assertThat(entry.text(Tags.VisitStatusID)).isEqualTo(visitStatus);
        assertThat(desk.accession("ACC1").patient().name()).isEqualTo(name);
        assertThat(desk.step("ACC1").status()).isEqualTo(StepStatus.SCHEDULED);
        assertThat(desk.timeline("ACC1")).contains("patient.updated");
    }

    @Test
    void a_new_name_shows_at_once_on_open_entries_and_not_on_what_was_performed() {
        // given
        desk.order("OPEN", "P1^NORTH");
        desk.order("RUNS", "P1^NORTH");
        desk.begin("1.1", "RUNS", "P1");
        desk.order("DONE", "P1^NORTH");
        desk.begin("1.2", "DONE", "P1");
        desk.complete("1.2");
        desk.order("ELSE", "P2^NORTH");
        desk.forgetNotices();

        // when
        desk.adt("A08", "P1^NORTH", data().put(Tags.PatientName, "ROE^JOHN").build());

        // then
        assertThat(desk.entry("OPEN").text(Tags.PatientName)).isEqualTo("ROE^JOHN");
        assertThat(desk.entry("RUNS").text(Tags.PatientName)).isEqualTo("ROE^JOHN");
        assertThat(desk.entry("DONE").text(Tags.PatientName)).isEqualTo("DOE^JOHN");
        assertThat(desk.accession("DONE").patient().name()).isEqualTo("ROE^JOHN");
        assertThat(desk.entry("ELSE").text(Tags.PatientName)).isEqualTo("DOE^JOHN");
        assertThat(desk.store
                        .performedSteps()
                        .find(new Uid("1.1"))
                        .orElseThrow()
                        .dataSet()
                        .text(Tags.PatientName))
                .isEqualTo("Doe^Jane");
        assertThat(desk.events()).containsExactly("patient.updated null P1^NORTH [DONE, OPEN, RUNS]");
    }

    @Test
    void absent_keeps_zero_length_clears_and_the_name_cannot_be_cleared() {
        desk.order("ACC1", "P1^NORTH");

        desk.adt(
                "A08",
                "P1^NORTH",
                data().put(Tags.PatientBirthDate).put(Tags.PatientName).build());

        assertThat(desk.entry("ACC1").hasValue(Tags.PatientBirthDate)).isFalse();
        assertThat(desk.accession("ACC1").patient().birthDate()).isEmpty();
        assertThat(desk.accession("ACC1").patient().name()).isEqualTo("DOE^JOHN");
        assertThat(desk.accession("ACC1").patient().sex()).isEqualTo("M");
    }

    @Test
    void an_event_about_one_accession_names_it() {
        desk.order("ACC1", "P1^NORTH");
        desk.forgetNotices();

        desk.adt("A08", "P1^NORTH", data().put(Tags.PatientSex, "F").build());

        assertThat(desk.events()).containsExactly("patient.updated ACC1 P1^NORTH [ACC1]");
    }

    @Test
    void what_is_older_than_the_last_word_of_the_same_sender_changes_nothing() {
        // given
        desk.order("ACC1", "P1^NORTH");
        desk.adt("A08", "P1^NORTH", data().put(Tags.PatientName, "NEW").build(), TEN);
        desk.forgetNotices();

        // when
        AcceptedAdt older =
                desk.adt("A08", "P1^NORTH", data().put(Tags.PatientName, "OLD").build(), NINE);
        AcceptedAdt sameTime =
                desk.adt("A08", "P1^NORTH", data().put(Tags.PatientSex, "O").build(), TEN);

        // then
        assertThat(older.effect()).isEqualTo(Effect.OUTDATED);
        assertThat(sameTime.effect()).isEqualTo(Effect.CHANGED);
        assertThat(desk.accession("ACC1").patient().name()).isEqualTo("NEW");
        assertThat(desk.accession("ACC1").patient().sex()).isEqualTo("O");
        assertThat(desk.events()).hasSize(1);
    }

    @Test
    void another_sender_s_clock_does_not_count_and_neither_does_a_message_without_time() {
        // given
        desk.order("ACC1", "P1^NORTH");
        desk.adt("A08", "P1^NORTH", data().put(Tags.PatientName, "ONE").build(), TEN);

        // when
        AcceptedAdt ofOther = desk.adt(new PatientMessage(
                desk.reception("OTHER|NORTH", NINE),
                PatientEvent.UPDATE,
                PatientDesk.id("P1^NORTH"),
                List.of(),
                data().put(Tags.PatientName, "TWO").build()));
        AcceptedAdt late =
                desk.adt("A08", "P1^NORTH", data().put(Tags.PatientName, "ONE").build(), NINE);
        AcceptedAdt timeless =
                desk.adt("A08", "P1^NORTH", data().put(Tags.PatientName, "SIX").build(), null);

        // then
        assertThat(List.of(ofOther.effect(), late.effect(), timeless.effect()))
                .containsExactly(Effect.CHANGED, Effect.OUTDATED, Effect.CHANGED);
        assertThat(desk.accession("ACC1").patient().name()).isEqualTo("SIX");
    }

    @Test
    void one_message_from_the_far_future_does_not_make_all_later_ones_too_old() {
        desk.order("ACC1", "P1^NORTH");
        Instant later = Fixtures.NOW.plus(Duration.ofDays(2));
        desk.adt("A08", "P1^NORTH", data().put(Tags.PatientSex, "O").build(), later.plus(Duration.ofDays(9_000)));

        AcceptedAdt accepted =
                desk.adt("A08", "P1^NORTH", data().put(Tags.PatientSex, "F").build(), later);

        assertThat(accepted.effect()).isEqualTo(Effect.CHANGED);
    }

    @Test
    void the_same_message_again_and_the_same_content_again_change_nothing() {
        // given
        desk.order("ACC1", "P1^NORTH");
        Reception reception = desk.reception("ADT|NORTH", NINE);
        PatientMessage message = new PatientMessage(
                reception,
                PatientEvent.UPDATE,
                PatientDesk.id("P1^NORTH"),
                List.of(),
                data().put(Tags.PatientName, "NEW").build());
        desk.adt(message);
        desk.forgetNotices();

        // when
        AcceptedAdt repeated = desk.adt(message);
        AcceptedAdt sameContent =
                desk.adt("A08", "P1^NORTH", data().put(Tags.PatientName, "NEW").build());

        // then
        assertThat(repeated.repetition()).isEqualTo(Repetition.SAME_MESSAGE);
        assertThat(sameContent.effect()).isEqualTo(Effect.NOTHING_NEW);
        assertThat(desk.events()).isEmpty();
        assertThat(desk.timeline("ACC1")).containsOnlyOnce("patient.updated");
    }

    @Test
    void an_unknown_patient_is_recorded_and_a_silent_order_takes_what_lasts() {
        // given
        desk.adt(
                "A01",
                "P1^NORTH",
                data().put(Tags.PatientName, "ROE^JANE")
                        .put(Tags.Allergies, "LATEX")
                        .put(Tags.PatientWeight, "70")
                        .put(Tags.CurrentPatientLocation, "WARD 4")
                        .put(Tags.PatientSex, "F")
                        .build());

        // when
        desk.order("ACC1", "P1^NORTH", data().put(Tags.PatientBirthDate).build());

        // then
        DataSet entry = desk.entry("ACC1");
        assertThat(entry.text(Tags.CurrentPatientLocation)).isEqualTo("WARD 4");
        assertThat(entry.text(Tags.Allergies)).isEqualTo("LATEX");
        assertThat(entry.text(Tags.PatientSex)).as("the order's own value").isEqualTo("M");
        assertThat(entry.hasValue(Tags.PatientBirthDate)).as("cleared").isFalse();
        assertThat(entry.hasValue(Tags.PatientWeight)).as("of the day").isFalse();
        assertThat(desk.events()).first().isEqualTo("patient.updated null P1^NORTH []");
    }

    @Test
    void after_a_discharge_a_silent_order_takes_no_visit() {
        desk.adt(
                "A01",
                "P1^NORTH",
                data().put(Tags.CurrentPatientLocation, "WARD 4").build());
        desk.adt("A03", "P1^NORTH", data().build());

        desk.order("ACC1", "P1^NORTH");

        assertThat(desk.entry("ACC1").hasValue(Tags.CurrentPatientLocation)).isFalse();
    }

    @Test
    void a_visit_with_another_number_that_goes_on_stays_as_it_is() {
        // given
        desk.order(
                "ACC1",
                "P1^NORTH",
                data().put(Tags.AdmissionID, "V2")
                        .put(Tags.CurrentPatientLocation, "CLINIC")
                        .build());

        // when
        desk.adt(
                "A02",
                "P1^NORTH",
                data().put(Tags.AdmissionID, "V1")
                        .put(Tags.CurrentPatientLocation, "WARD 4")
                        .build());

        // then
        assertThat(desk.entry("ACC1").text(Tags.CurrentPatientLocation)).isEqualTo("CLINIC");
    }

    @Test
    void orders_refresh_the_record_until_an_adt_message_has_spoken() {
        // given
        desk.order("ACC1", "P1^NORTH", data().put(Tags.EthnicGroup, "A").build());
        desk.order("ACC2", "P1^NORTH", data().put(Tags.EthnicGroup, "B").build());
        desk.order("ACC3", "P1^NORTH");

        // when
        desk.adt("A08", "P1^NORTH", data().put(Tags.EthnicGroup, "C").build());
        desk.order("ACC4", "P1^NORTH", data().put(Tags.EthnicGroup, "D").build());
        desk.order("ACC5", "P1^NORTH");

        // then
        assertThat(desk.entry("ACC3").text(Tags.EthnicGroup))
                .as("before A08: B, then C")
                .isEqualTo("C");
        assertThat(desk.entry("ACC4").text(Tags.EthnicGroup)).isEqualTo("D");
        assertThat(desk.entry("ACC5").text(Tags.EthnicGroup)).isEqualTo("C");
    }

    @Test
    void the_numbers_beside_the_primary_one_are_kept() {
        desk.order("ACC1", "P1^NORTH");

        desk.adt(new PatientMessage(
                desk.reception("ADT|NORTH", NINE),
                PatientEvent.UPDATE,
                PatientDesk.id("P1^NORTH"),
                List.of(new PatientId("X9", "SOUTH"), new PatientId("P1", "NORTH"), new PatientId("Z3", null)),
                data().build()));

        assertThat(desk.otherIds("ACC1")).containsExactly("X9^SOUTH", "Z3^");
    }

    @Test
    void a_patient_of_another_issuer_with_the_same_number_is_another_patient() {
        // given
        desk.order("NORTH1", "P1^NORTH");
        desk.order("SOUTH1", "P1^SOUTH");

        // when
        desk.adt("A08", "P1^NORTH", data().put(Tags.PatientName, "NEW").build());
        AcceptedAdt ambiguous =
                desk.adt("A08", "P1", data().put(Tags.PatientName, "WHO").build());

        // then
        assertThat(ambiguous.effect()).isEqualTo(Effect.CHANGED);
        assertThat(desk.accession("NORTH1").patient().name()).isEqualTo("NEW");
        assertThat(desk.accession("SOUTH1").patient().name()).isEqualTo("DOE^JOHN");
    }

    @Test
    void a_number_without_issuer_is_never_given_one_by_a_message() {
        desk.order("ACC1", "P1");

        desk.adt("A08", "P1^NORTH", data().put(Tags.PatientName, "NEW").build());
        desk.order("ACC2", "P1^SOUTH");
        desk.adt("A08", "P1^SOUTH", data().put(Tags.PatientName, "OTHER").build());

        assertThat(desk.patientOf("ACC1")).isEqualTo("P1^");
        assertThat(desk.accession("ACC1").patient().name()).isEqualTo("DOE^JOHN");
        assertThat(desk.accession("ACC2").patient().name()).isEqualTo("OTHER");
        assertThat(desk.store.raised())
                .extracting(ExceptionRecord::type)
                .containsExactly(ExceptionType.PATIENT_AUTHORITY, ExceptionType.PATIENT_AUTHORITY);
    }

    @ParameterizedTest
    @CsvSource({"A04, ARRIVED", "A10, ARRIVED", "A01, SCHEDULED", "A08, SCHEDULED"})
    void arrivals_are_taken_from_adt_where_the_site_wants_it(String event, StepStatus expected) {
        desk.takingArrivals().order("TODAY", "P1^NORTH");

        desk.adt(event, "P1^NORTH", data().build());

        assertThat(desk.step("TODAY").status()).isEqualTo(expected);
    }

    @Test
    void an_arrival_is_for_that_day_only() {
        desk.takingArrivals().order("TODAY", "P1^NORTH");

        desk.adt("A04", "P1^NORTH", data().build(), NINE.plusSeconds(86_400));

        assertThat(desk.step("TODAY").status()).isEqualTo(StepStatus.SCHEDULED);
    }

    @Test
    void a_message_about_nobody_is_refused() {
        PatientDesk.assertRefused("101 PID-3", () -> desk.adt("A08", "", data().build()));
    }
}
