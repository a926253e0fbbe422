package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDesk.ACC1;
import static io.collimator.workflow.usecase.OrderDesk.refusal;
import static io.collimator.workflow.usecase.OrderDraft.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.appointment.AppointmentEvent;
import io.collimator.workflow.appointment.AppointmentMessage;
import io.collimator.workflow.appointment.AppointmentMessage.BookedOrder;
import io.collimator.workflow.appointment.AppointmentMessage.OrderKeys;
import io.collimator.workflow.appointment.AppointmentMessage.Service;
import io.collimator.workflow.appointment.NoShowPolicy;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.testing.Fixtures;
import io.collimator.workflow.usecase.AcceptAppointment.Verdict;
import io.collimator.workflow.worklist.StepStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Appointments move the steps of orders that are known. */
class AppointmentsTest {

    private static final OrderKeys ORDER = new OrderKeys(null, new OrderNumber("FIL1", "RAD"), null);

    private final OrderDesk desk = new OrderDesk();

    @BeforeEach
    void an_order_is_known() {
        desk.accept(order("NW").build());
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "NEW, SCHEDULED, SCHEDULED 1500 APPLIED",
        "NEW, ARRIVED, ARRIVED 1500 APPLIED",
        "NEW, UNSCHEDULED, SCHEDULED 1500 APPLIED",
        "NEW, ON_HOLD, ON_HOLD 1500 APPLIED",
        "NEW, STARTED, STARTED 1030 UNCHANGED",
        "NEW, CANCELLED, CANCELLED 1030 UNCHANGED",
        "RESCHEDULE, SCHEDULED, SCHEDULED 1500 APPLIED",
        "RESCHEDULE, UNSCHEDULED, SCHEDULED 1500 APPLIED",
        "RESCHEDULE, COMPLETED, COMPLETED 1030 UNCHANGED",
        "MODIFY, SCHEDULED, SCHEDULED 1500 APPLIED",
        "MODIFY, UNSCHEDULED, SCHEDULED 1500 APPLIED",
        "CANCEL, SCHEDULED, UNSCHEDULED 1030 APPLIED",
        "CANCEL, UNSCHEDULED, UNSCHEDULED 1030 UNCHANGED",
        "CANCEL, ON_HOLD, ON_HOLD 1030 UNCHANGED",
        "CANCEL, STARTED, STARTED 1030 UNCHANGED",
        "DELETE, READY, UNSCHEDULED 1030 APPLIED",
        "DELETE, COMPLETED, COMPLETED 1030 UNCHANGED",
        "NO_SHOW, SCHEDULED, SCHEDULED 1030 UNCHANGED",
        "NO_SHOW, STARTED, STARTED 1030 UNCHANGED",
    })
    void what_an_event_does_depends_on_the_state_of_the_step(
            AppointmentEvent event, StepStatus before, String expected) {
        // given
        desk.store.run(
                session -> session.scheduledSteps().save(desk.onlyStep(ACC1).withStatus(before)));

        // when
        Verdict verdict = say(event, NoShowPolicy.KEEP, null);

        // then
        assertThat(desk.onlyStep(ACC1).status() + " " + item().text(Tags.ScheduledProcedureStepStartTime) + " "
                        + verdict)
                .isEqualTo(expected);
    }

    @Test
    void what_comes_too_late_for_a_step_is_told_on_the_timeline() {
        // given
        desk.store.run(
                session -> session.scheduledSteps().save(desk.onlyStep(ACC1).withStatus(StepStatus.STARTED)));

        // when
        say(AppointmentEvent.CANCEL, NoShowPolicy.KEEP, null);

        // then
        assertThat(desk.timeline(ACC1)).contains("Appointment cancel ignored for step SPS1, which is STARTED");
    }

    @Test
    void an_appointment_brings_time_station_place_and_end_and_announces_one_change() {
        // given
        int before = desk.notices().size();

        // when
        desk.appointments().accept(message(AppointmentEvent.RESCHEDULE, ORDER, null, NoShowPolicy.KEEP, null));

        // then
        assertThat(item().text(Tags.ScheduledProcedureStepStartDate)).isEqualTo("20261123");
        assertThat(item().text(Tags.ScheduledProcedureStepEndTime)).isEqualTo("152000");
        assertThat(item().texts(Tags.ScheduledStationAETitle)).containsExactly("CT2", "CT3");
        assertThat(item().text(Tags.ScheduledProcedureStepLocation)).isEqualTo("ROOM 7");
        assertThat(item().text(Tags.Modality)).isEqualTo("CT");
        assertThat(desk.notices().subList(before, desk.notices().size()))
                .containsExactly("order.updated SCHEDULED NONE");
    }

    @Test
    void a_station_that_an_appointment_gave_is_not_taken_back_by_a_default() {
        // given
        say(AppointmentEvent.NEW, NoShowPolicy.KEEP, null);

        // when
        desk.accept(order("XO")
                .withoutInStep(Tags.ScheduledStationAETitle)
                .assuming(Tags.ScheduledStationAETitle, "CT9")
                .build());

        // then
        assertThat(item().texts(Tags.ScheduledStationAETitle)).containsExactly("CT2", "CT3");
    }

    @Test
    void a_patient_who_did_not_come_may_end_the_order() {
        // when
        say(AppointmentEvent.NO_SHOW, NoShowPolicy.CANCEL, null);

        // then
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(desk.accession(ACC1).orderStatus()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(desk.notices()).contains("order.cancelled CANCELLED NONE");
    }

    @Test
    void an_older_appointment_is_ignored_and_a_repeated_one_answered_again() {
        // given
        Instant sent = Fixtures.NOW.minusSeconds(600);
        say(AppointmentEvent.CANCEL, NoShowPolicy.KEEP, sent);
        AppointmentMessage late = message(AppointmentEvent.NEW, ORDER, null, NoShowPolicy.KEEP, sent.minusSeconds(1));

        // when
        AcceptAppointment.Accepted first = desk.appointments().accept(late);
        AcceptAppointment.Accepted second = desk.appointments().accept(late);

        // then
        assertThat(first.accessions()).containsEntry(ACC1, Verdict.STALE);
        assertThat(second.repetition()).isEqualTo(Repetition.SAME_MESSAGE);
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(StepStatus.UNSCHEDULED);
    }

    @Test
    void an_appointment_does_not_make_an_order_message_late() {
        // given
        say(AppointmentEvent.NEW, NoShowPolicy.KEEP, Fixtures.NOW);

        // when
        desk.accept(desk.message(
                Fixtures.NOW.minusSeconds(60),
                order("XO").put(Tags.PatientName, "DOE^JANE").build()));

        // then
        assertThat(desk.accession(ACC1).patient().name()).isEqualTo("DOE^JANE");
    }

    @Test
    void an_order_is_found_by_its_placer_number_or_by_its_accession() {
        // given
        desk.accept(order("NA")
                .put(Tags.PlacerOrderNumberImagingServiceRequest, "PLA1")
                .build());
        OrderKeys placer = new OrderKeys(new OrderNumber("PLA1", null), null, null);
        OrderKeys accession = new OrderKeys(null, null, new AccessionNumber("ACC1"));

        // when / then
        assertThat(desk.appointments()
                        .accept(message(AppointmentEvent.CANCEL, placer, null, NoShowPolicy.KEEP, null))
                        .accessions())
                .containsEntry(ACC1, Verdict.APPLIED);
        assertThat(desk.appointments()
                        .accept(message(AppointmentEvent.NEW, accession, null, NoShowPolicy.KEEP, null))
                        .accessions())
                .containsEntry(ACC1, Verdict.APPLIED);
    }

    @Test
    void what_belongs_to_no_order_or_to_another_patient_is_refused() {
        assertRefused("204 SCH-27", new OrderKeys(null, new OrderNumber("NONE", null), null), null);
        assertRefused("204 SCH-26", new OrderKeys(new OrderNumber("NONE", null), null, null), null);
        assertRefused("101 SCH-27", new OrderKeys(null, null, null), null);
        assertRefused("205 PID-3", ORDER, new PatientId("PID-2", "NORTH"));
        assertThat(desk.store.received()).hasSize(1);
    }

    private void assertRefused(String expected, OrderKeys order, @Nullable PatientId patient) {
        assertThatThrownBy(() -> desk.appointments()
                        .accept(message(AppointmentEvent.NEW, order, patient, NoShowPolicy.KEEP, null)))
                .satisfies(e -> assertThat(refusal(e)).isEqualTo(expected));
    }

    private Verdict say(AppointmentEvent event, NoShowPolicy policy, @Nullable Instant sent) {
        return desk.appointments()
                .accept(message(event, ORDER, new PatientId("PID-1", "NORTH"), policy, sent))
                .accessions()
                .get(ACC1);
    }

    private AppointmentMessage message(
            AppointmentEvent event,
            OrderKeys order,
            @Nullable PatientId patient,
            NoShowPolicy policy,
            @Nullable Instant sent) {
        return new AppointmentMessage(
                desk.reception(sent),
                List.of(new BookedOrder(order, List.of(new Service(event, false, booked("1500"))))),
                patient,
                policy);
    }

    private static DataSet booked(String time) {
        return Dictionary.dataSet()
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.ScheduledProcedureStepStartDate, "20261123")
                                .put(Tags.ScheduledProcedureStepStartTime, time)
                                .put(Tags.ScheduledProcedureStepEndDate, "20261123")
                                .put(Tags.ScheduledProcedureStepEndTime, "152000")
                                .put(Tags.ScheduledStationAETitle, "CT2", "CT3")
                                .put(Tags.ScheduledProcedureStepLocation, "ROOM 7")
                                .put(Tags.Modality, "MR")
                                .build())
                .build();
    }

    private DataSet item() {
        return desk.onlyStep(ACC1).dataSet().item(Tags.ScheduledProcedureStepSequence);
    }
}
