package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDesk.ACC1;
import static io.collimator.workflow.usecase.OrderDesk.refusal;
import static io.collimator.workflow.usecase.OrderDraft.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.appointment.AppointmentEvent;
import io.collimator.workflow.appointment.AppointmentMessage;
import io.collimator.workflow.appointment.AppointmentMessage.BookedOrder;
import io.collimator.workflow.appointment.AppointmentMessage.OrderKeys;
import io.collimator.workflow.appointment.AppointmentMessage.Service;
import io.collimator.workflow.appointment.NoShowPolicy;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.testing.Fixtures;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A discontinued exam that is scheduled again, and what is accepted without an effect. */
class RepeatedStepsTest {

    private final OrderDesk desk = new OrderDesk();

    @BeforeEach
    void an_order_is_known() {
        desk.accept(order("NW").build());
    }

    @Test
    void another_start_does_a_discontinued_step_again_under_an_id_of_its_own() {
        // given
        become(StepStatus.DISCONTINUED);

        // when
        desk.accept(moved("XO").build());

        // then
        ScheduledStep again = desk.steps(ACC1).get(1);
        assertThat(desk.steps(ACC1))
                .extracting(step -> step.status() + " " + MeantStepsTest.startOf(step))
                .containsExactly("DISCONTINUED 1030", "SCHEDULED 0800");
        assertThat(again.repeats()).isEqualTo("SPS1");
        assertThat(again.stepId()).isNotEqualTo("SPS1");
        assertThat(again.dataSet().item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepID))
                .isEqualTo(again.stepId());
        assertThat(again.dataSet().text(Tags.StudyInstanceUID)).isEqualTo("1.2.3");
        assertThat(desk.accession(ACC1).procedureState()).isEqualTo(ProcedureState.SCHEDULED);
        assertThat(desk.notices()).endsWith("order.scheduled SCHEDULED NONE", "status.scheduled SCHEDULED CT");
    }

    @Test
    void later_messages_that_name_the_old_step_mean_the_new_one() {
        // given
        become(StepStatus.DISCONTINUED);
        desk.accept(moved("XO").build());

        // when
        desk.accept(moved("XO")
                .putInStep(Tags.ScheduledProcedureStepStartTime, "0900")
                .build());
        desk.accept(order("CA").build());

        // then
        assertThat(desk.steps(ACC1))
                .extracting(step -> step.status() + " " + MeantStepsTest.startOf(step))
                .containsExactly("DISCONTINUED 1030", "CANCELLED 0900");
        assertThat(desk.accession(ACC1).procedureState()).isEqualTo(ProcedureState.DISCONTINUED);
    }

    @Test
    void a_discontinued_step_that_is_not_moved_stays_the_only_one() {
        become(StepStatus.DISCONTINUED);

        desk.accept(order("XO").put(Tags.PatientComments, "fasting").build());

        assertThat(desk.steps(ACC1)).hasSize(1);
        assertThat(raised()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = AppointmentEvent.class,
            names = {"NEW", "RESCHEDULE", "MODIFY"})
    void an_appointment_does_a_discontinued_step_again(AppointmentEvent event) {
        // given
        become(StepStatus.DISCONTINUED);

        // when
        book(event, "0800");

        // then
        assertThat(desk.steps(ACC1))
                .extracting(step -> step.status() + " " + MeantStepsTest.startOf(step))
                .containsExactly("DISCONTINUED 1030", "SCHEDULED 0800");
        assertThat(desk.accession(ACC1).procedureState()).isEqualTo(ProcedureState.SCHEDULED);
    }

    @Test
    void a_new_order_for_what_was_begun_is_refused_with_a_way_that_there_is() {
        become(StepStatus.DISCONTINUED);
        refusedWith("send XO with a new start");
        become(StepStatus.COMPLETED);
        refusedWith("send a new order with numbers of its own");
        become(StepStatus.STARTED);
        refusedWith("send XO to change it");
    }

    @ParameterizedTest
    @EnumSource(
            value = StepStatus.class,
            names = {"COMPLETED", "STARTED", "ON_HOLD"})
    void what_asks_for_another_time_and_is_shown_nowhere_is_told(StepStatus status) {
        // given
        become(status);

        // when
        desk.accept(moved("XO").build());

        // then
        assertThat(raised()).containsExactly(ExceptionType.NO_EFFECT);
        assertThat(desk.timeline(ACC1)).anyMatch(text -> text.contains("no worklist shows it"));
    }

    @ParameterizedTest
    @EnumSource(
            value = StepStatus.class,
            names = {"COMPLETED", "STARTED", "CANCELLED"})
    void an_appointment_for_what_is_over_is_told(StepStatus status) {
        // given
        become(status);

        // when
        book(AppointmentEvent.RESCHEDULE, "0800");

        // then
        assertThat(raised()).containsExactly(ExceptionType.NO_EFFECT);
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(status);
    }

    @Test
    void a_new_order_without_a_start_for_what_has_no_appointment_is_told() {
        // given
        become(StepStatus.UNSCHEDULED);

        // when
        desk.accept(order("NW")
                .withoutInStep(Tags.ScheduledProcedureStepStartDate)
                .withoutInStep(Tags.ScheduledProcedureStepStartTime)
                .build());

        // then
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(StepStatus.UNSCHEDULED);
        assertThat(raised()).containsExactly(ExceptionType.NO_EFFECT);
    }

    @Test
    void an_order_that_is_older_than_the_cancelled_appointment_does_not_bring_it_back() {
        // given
        desk.appointments().accept(message(AppointmentEvent.CANCEL, "1030", Fixtures.NOW.minusSeconds(60)));

        // when
        desk.accept(desk.message(Fixtures.NOW.minusSeconds(120), moved("XO").build()));

        // then
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(StepStatus.UNSCHEDULED);
        assertThat(raised()).containsExactly(ExceptionType.NO_EFFECT);
    }

    private void refusedWith(String words) {
        desk.refused(order("NW").put(Tags.PatientComments, "again").build()).satisfies(e -> {
            assertThat(refusal(e)).isEqualTo("205 ORC-3");
            assertThat(e).hasMessageContaining(words);
        });
    }

    private static OrderDraft moved(String control) {
        return order(control)
                .putInStep(Tags.ScheduledProcedureStepStartDate, "20261123")
                .putInStep(Tags.ScheduledProcedureStepStartTime, "0800");
    }

    private void book(AppointmentEvent event, String time) {
        desk.appointments().accept(message(event, time, null));
    }

    private AppointmentMessage message(AppointmentEvent event, String time, @Nullable Instant sent) {
        return new AppointmentMessage(
                desk.reception(sent),
                List.of(new BookedOrder(
                        new OrderKeys(null, new OrderNumber("FIL1", "RAD"), null),
                        List.of(new Service(
                                event,
                                false,
                                Dictionary.dataSet()
                                        .items(
                                                Tags.ScheduledProcedureStepSequence,
                                                Dictionary.dataSet()
                                                        .put(Tags.ScheduledProcedureStepStartDate, "20261123")
                                                        .put(Tags.ScheduledProcedureStepStartTime, time)
                                                        .build())
                                        .build())))),
                null,
                NoShowPolicy.KEEP);
    }

    private void become(StepStatus status) {
        desk.store.run(session -> {
            session.scheduledSteps().save(desk.onlyStep(ACC1).withStatus(status));
            new AccessionProgress(new Notices(Fixtures.CLOCK, Fixtures.identifiers(), Fixtures.encoder()))
                    .refresh(session, Optional.of(desk.accession(ACC1)), desk.accession(ACC1));
        });
    }

    private List<ExceptionType> raised() {
        return desk.store.raised().stream().map(raised -> raised.type()).toList();
    }
}
