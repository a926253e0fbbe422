package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDesk.ACC1;
import static io.collimator.workflow.usecase.OrderDesk.ACC2;
import static io.collimator.workflow.usecase.OrderDesk.refusal;
import static io.collimator.workflow.usecase.OrderDraft.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders that are cancelled or discontinued, before and after work has begun. */
class CancelledOrdersLeaveTheWorklistTest {

    private final OrderDesk desk = new OrderDesk();

    @Test
    void a_cancelled_order_is_off_the_list_and_says_so_once() {
        // given
        desk.accept(order("NW").build());
        int before = desk.notices().size();

        // when
        desk.accept(order("CA").build());
        desk.accept(order("CA").build());

        // then
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(desk.accession(ACC1).orderStatus()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(desk.notices().subList(before, desk.notices().size()))
                .containsExactly("order.cancelled CANCELLED NONE", "status.cancelled CANCELLED CT");
    }

    @Test
    void a_cancelled_order_cannot_change_but_comes_back_with_a_new_one() {
        // given
        desk.accept(order("NW").build());
        desk.accept(order("CA").build());

        // when
        desk.refused(order("XO").build())
                .satisfies(e -> assertThat(refusal(e)).isEqualTo("204 ORC-3"))
                .hasMessageContaining("send NW");
        desk.accept(order("NW").build());

        // then
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(StepStatus.SCHEDULED);
        assertThat(desk.accession(ACC1).orderStatus()).isEqualTo(OrderStatus.SCHEDULED);
        assertThat(desk.notices()
                        .subList(desk.notices().size() - 2, desk.notices().size()))
                .containsExactly("order.scheduled SCHEDULED NONE", "status.scheduled SCHEDULED CT");
    }

    @Test
    void cancelling_one_step_leaves_the_order_to_the_others() {
        // given
        desk.accept(order("NW").build(), order("NW").stepId("SPS2").build());

        // when
        desk.accept(order("CA").stepId("SPS2").build());

        // then
        assertThat(desk.steps(ACC1))
                .extracting(ScheduledStep::status)
                .containsExactly(StepStatus.SCHEDULED, StepStatus.CANCELLED);
        assertThat(desk.accession(ACC1).orderStatus()).isEqualTo(OrderStatus.SCHEDULED);
    }

    @ParameterizedTest
    @CsvSource({"CA, CANCELLED", "OC, CANCELLED", "DC, CANCELLED", "HD, ON_HOLD", "SC, SCHEDULED"})
    void what_stops_or_holds_an_order_needs_no_patient(String control, StepStatus after) {
        // given
        desk.accept(order("NW").build());

        // when
        desk.accept(order(control)
                .without(Tags.PatientID)
                .without(Tags.IssuerOfPatientID)
                .without(Tags.PatientName)
                .build());

        // then
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(after);
        assertThat(desk.onlyStep(ACC1).dataSet().text(Tags.PatientID)).isEqualTo("PID-1");
    }

    @Test
    void a_change_of_a_known_order_needs_no_patient_and_one_that_brings_an_entry_does() {
        // given
        desk.accept(order("NW").build());
        OrderDraft change = order("XO")
                .without(Tags.PatientID)
                .without(Tags.IssuerOfPatientID)
                .without(Tags.PatientName)
                .putInStep(Tags.ScheduledProcedureStepStartTime, "1500");

        // when
        desk.accept(change.build());

        // then
        assertThat(desk.onlyStep(ACC1).dataSet().text(Tags.PatientID)).isEqualTo("PID-1");
        assertThat(desk.onlyStep(ACC1)
                        .dataSet()
                        .item(Tags.ScheduledProcedureStepSequence)
                        .text(Tags.ScheduledProcedureStepStartTime))
                .isEqualTo("1500");
        desk.assertRefused("101 PID-3", change.stepId("SPS2"));
        desk.assertRefused("101 PID-3", change.accession("ACC2").filler("FIL2"));
    }

    @ParameterizedTest
    @CsvSource({
        "CA, SCHEDULED, CANCELLED, CANCELLED",
        "OC, SCHEDULED, CANCELLED, CANCELLED",
        "DC, SCHEDULED, CANCELLED, CANCELLED",
        "OC, STARTED, STARTED, CANCELLED",
        "DC, STARTED, STARTED, DISCONTINUED",
        "OC, COMPLETED, COMPLETED, CANCELLED",
        "XO, STARTED, STARTED, SCHEDULED",
    })
    void what_a_control_code_does_depends_on_whether_the_step_has_begun(
            String control, StepStatus before, StepStatus after, OrderStatus orderStatus) {
        // given
        desk.accept(order("NW").build());
        desk.store.run(
                session -> session.scheduledSteps().save(desk.onlyStep(ACC1).withStatus(before)));

        // when
        desk.accept(order(control).withoutInStep(Tags.ScheduledProcedureStepID).build());

        // then
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(after);
        assertThat(desk.accession(ACC1).orderStatus()).isEqualTo(orderStatus);
    }

    @ParameterizedTest
    @CsvSource({
        "NW, STARTED, 205 ORC-3",
        "CA, STARTED, 206 ORC-1",
        "CA, COMPLETED, 206 ORC-1",
        "DC, COMPLETED, 206 ORC-1"
    })
    void what_has_begun_cannot_be_new_or_cancelled(String control, StepStatus status, String expected) {
        // given
        desk.accept(order("NW").build());
        desk.store.run(
                session -> session.scheduledSteps().save(desk.onlyStep(ACC1).withStatus(status)));

        // when / then
        desk.refused(order(control).build())
                .satisfies(e -> assertThat(refusal(e)).isEqualTo(expected));
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(status);
    }

    @Test
    void an_order_may_have_several_accessions_and_is_cancelled_as_a_whole() {
        // given
        desk.accept(
                order("NW").build(),
                order("NW").accession("ACC2").stepId("SPS2").study("1.2.2").build());

        // when
        desk.accept(order("CA")
                .without(Tags.AccessionNumber)
                .withoutInStep(Tags.ScheduledProcedureStepID)
                .build());

        // then
        assertThat(desk.accession(ACC1).procedureState()).isEqualTo(ProcedureState.CANCELLED);
        assertThat(desk.accession(ACC2).procedureState()).isEqualTo(ProcedureState.CANCELLED);
    }
}
