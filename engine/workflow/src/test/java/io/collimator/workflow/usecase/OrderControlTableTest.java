package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDesk.ACC1;
import static io.collimator.workflow.usecase.OrderDesk.refusal;
import static io.collimator.workflow.usecase.OrderDraft.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.order.GroupResult;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.StatedStatus;
import io.collimator.workflow.worklist.StepStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One case for each action and each state that it can meet: what becomes of step and order, or how it is refused. */
class OrderControlTableTest {

    private final OrderDesk desk = new OrderDesk();

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "NW, NONE, APPLIED SCHEDULED SCHEDULED",
        "NW, SCHEDULED, APPLIED SCHEDULED SCHEDULED",
        "NW, ON_HOLD, APPLIED ON_HOLD ON_HOLD",
        "NW, UNSCHEDULED, APPLIED SCHEDULED SCHEDULED",
        "NW, STARTED, 205 ORC-3",
        "NW, COMPLETED, 205 ORC-3",
        "NW, CLOSED, APPLIED SCHEDULED SCHEDULED",
        "NW, CANCELLED, APPLIED SCHEDULED SCHEDULED",
        "XO, NONE, APPLIED SCHEDULED SCHEDULED",
        "XO, SCHEDULED, APPLIED SCHEDULED SCHEDULED",
        "XO, ON_HOLD, APPLIED ON_HOLD ON_HOLD",
        "XO, UNSCHEDULED, APPLIED SCHEDULED SCHEDULED",
        "XO, STARTED, APPLIED STARTED SCHEDULED",
        "XO, COMPLETED, APPLIED COMPLETED SCHEDULED",
        "XO, CLOSED, APPLIED SCHEDULED SCHEDULED",
        "XO, CANCELLED, 204 ORC-3",
        "CA, NONE, 204 ORC-3",
        "CA, SCHEDULED, APPLIED CANCELLED CANCELLED",
        "CA, ON_HOLD, APPLIED CANCELLED CANCELLED",
        "CA, UNSCHEDULED, APPLIED CANCELLED CANCELLED",
        "CA, STARTED, 206 ORC-1",
        "CA, COMPLETED, 206 ORC-1",
        "CA, CLOSED, APPLIED CANCELLED CANCELLED",
        "CA, CANCELLED, UNCHANGED CANCELLED CANCELLED",
        "OC, NONE, 204 ORC-3",
        "OC, SCHEDULED, APPLIED CANCELLED CANCELLED",
        "OC, ON_HOLD, APPLIED CANCELLED CANCELLED",
        "OC, STARTED, APPLIED STARTED CANCELLED",
        "OC, COMPLETED, APPLIED COMPLETED CANCELLED",
        "OC, CANCELLED, UNCHANGED CANCELLED CANCELLED",
        "DC, NONE, 204 ORC-3",
        "DC, SCHEDULED, APPLIED CANCELLED CANCELLED",
        "DC, ON_HOLD, APPLIED CANCELLED CANCELLED",
        "DC, STARTED, APPLIED STARTED DISCONTINUED",
        "DC, COMPLETED, 206 ORC-1",
        "DC, CANCELLED, UNCHANGED CANCELLED CANCELLED",
        "OD, NONE, 204 ORC-3",
        "OD, SCHEDULED, APPLIED CANCELLED CANCELLED",
        "OD, ON_HOLD, APPLIED CANCELLED CANCELLED",
        "OD, STARTED, APPLIED STARTED DISCONTINUED",
        "OD, COMPLETED, APPLIED COMPLETED DISCONTINUED",
        "OD, CANCELLED, UNCHANGED CANCELLED CANCELLED",
        "HD, NONE, 204 ORC-3",
        "HD, SCHEDULED, APPLIED ON_HOLD ON_HOLD",
        "HD, UNSCHEDULED, APPLIED ON_HOLD ON_HOLD",
        "HD, ON_HOLD, UNCHANGED ON_HOLD ON_HOLD",
        "HD, STARTED, 206 ORC-1",
        "HD, COMPLETED, 206 ORC-1",
        "HD, CLOSED, 206 ORC-1",
        "HD, CANCELLED, 204 ORC-3",
        "RL, NONE, 204 ORC-3",
        "RL, SCHEDULED, UNCHANGED SCHEDULED SCHEDULED",
        "RL, ON_HOLD, APPLIED SCHEDULED SCHEDULED",
        "RL, UNSCHEDULED, UNCHANGED UNSCHEDULED SCHEDULED",
        "RL, STARTED, UNCHANGED STARTED SCHEDULED",
        "RL, COMPLETED, UNCHANGED COMPLETED SCHEDULED",
        "RL, CANCELLED, 204 ORC-3",
        "RP, NONE, 204 ORC-3",
        "RP, SCHEDULED, APPLIED CANCELLED REPLACED",
        "RP, ON_HOLD, APPLIED CANCELLED REPLACED",
        "RP, STARTED, 206 ORC-1",
        "RP, COMPLETED, 206 ORC-1",
        "RP, CANCELLED, APPLIED CANCELLED REPLACED",
        "RO, NONE, APPLIED SCHEDULED SCHEDULED",
        "RO, SCHEDULED, APPLIED SCHEDULED SCHEDULED",
        "RO, ON_HOLD, APPLIED ON_HOLD ON_HOLD",
        "RO, STARTED, 205 ORC-3",
        "RO, COMPLETED, 205 ORC-3",
        "RO, CANCELLED, APPLIED SCHEDULED SCHEDULED",
        "CH, NONE, APPLIED SCHEDULED SCHEDULED",
        "CH, SCHEDULED, APPLIED SCHEDULED SCHEDULED",
        "CH, ON_HOLD, APPLIED ON_HOLD ON_HOLD",
        "CH, STARTED, 205 ORC-3",
        "CH, COMPLETED, 205 ORC-3",
        "CH, CANCELLED, APPLIED SCHEDULED SCHEDULED",
        "PA, NONE, UNCHANGED - -",
        "PA, SCHEDULED, UNCHANGED SCHEDULED SCHEDULED",
        "PA, STARTED, UNCHANGED STARTED SCHEDULED",
        "PA, CANCELLED, UNCHANGED CANCELLED CANCELLED",
        "LI, NONE, UNCHANGED - -",
        "LI, SCHEDULED, UNCHANGED SCHEDULED SCHEDULED",
        "LI, STARTED, UNCHANGED STARTED SCHEDULED",
        "LI, CANCELLED, UNCHANGED CANCELLED CANCELLED",
    })
    void what_an_action_does_depends_on_the_state_of_the_step(String control, String state, String expected) {
        // given
        bring(state);

        // when
        String outcome = outcomeOf(order(control)
                .putInStep(Tags.ScheduledProcedureStepStartTime, "1200")
                .withoutInStep(Tags.ScheduledProcedureStepID));

        // then
        assertThat(outcome).isEqualTo(expected);
    }

    @ParameterizedTest(name = "SC {0} on {1}: {2}")
    @CsvSource({
        "SCHEDULED, NONE, 204 ORC-3",
        "ARRIVED, SCHEDULED, APPLIED ARRIVED SCHEDULED",
        "READY, SCHEDULED, APPLIED READY SCHEDULED",
        "SCHEDULED, ON_HOLD, APPLIED SCHEDULED SCHEDULED",
        "SCHEDULED, UNSCHEDULED, APPLIED SCHEDULED SCHEDULED",
        "SCHEDULED, CLOSED, APPLIED SCHEDULED SCHEDULED",
        "SCHEDULED, STARTED, UNCHANGED STARTED SCHEDULED",
        "SCHEDULED, CANCELLED, 204 ORC-3",
        "ON_HOLD, SCHEDULED, APPLIED ON_HOLD ON_HOLD",
        "IN_PROGRESS, SCHEDULED, UNCHANGED SCHEDULED SCHEDULED",
        "IN_PROGRESS, COMPLETED, UNCHANGED COMPLETED SCHEDULED",
        "COMPLETED, SCHEDULED, APPLIED CLOSED COMPLETED",
        "COMPLETED, ON_HOLD, APPLIED CLOSED COMPLETED",
        "COMPLETED, STARTED, APPLIED STARTED COMPLETED",
        "COMPLETED, COMPLETED, APPLIED COMPLETED COMPLETED",
        "COMPLETED, CLOSED, UNCHANGED CLOSED COMPLETED",
        "COMPLETED, CANCELLED, 204 ORC-3",
        "DISCONTINUED, SCHEDULED, APPLIED CANCELLED CANCELLED",
        "DISCONTINUED, STARTED, APPLIED STARTED DISCONTINUED",
        "CANCELLED, SCHEDULED, APPLIED CANCELLED CANCELLED",
        "CANCELLED, STARTED, APPLIED STARTED CANCELLED",
        "CANCELLED, CANCELLED, UNCHANGED CANCELLED CANCELLED",
    })
    void a_stated_status_moves_what_no_modality_has_begun(StatedStatus stated, String state, String expected) {
        // given
        bring(state);

        // when
        String outcome = outcomeOf(order("SC").stating(stated));

        // then
        assertThat(outcome).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} stating {1} on {2}: {3}")
    @CsvSource({
        "NW, SCHEDULED, NONE, APPLIED SCHEDULED SCHEDULED",
        "NW, ARRIVED, NONE, APPLIED ARRIVED SCHEDULED",
        "NW, IN_PROGRESS, NONE, APPLIED SCHEDULED SCHEDULED",
        "NW, ON_HOLD, NONE, APPLIED ON_HOLD ON_HOLD",
        "NW, CANCELLED, NONE, APPLIED CANCELLED CANCELLED",
        "XO, SCHEDULED, ARRIVED, APPLIED ARRIVED SCHEDULED",
        "XO, READY, ARRIVED, APPLIED READY SCHEDULED",
        "XO, SCHEDULED, ON_HOLD, APPLIED ON_HOLD ON_HOLD",
        "XO, COMPLETED, SCHEDULED, APPLIED CLOSED COMPLETED",
        "XO, COMPLETED, STARTED, APPLIED STARTED COMPLETED",
        "XO, CANCELLED, SCHEDULED, APPLIED CANCELLED CANCELLED",
    })
    void what_brings_a_step_may_state_its_status(String control, StatedStatus stated, String state, String expected) {
        // given
        bring(state);

        // when
        String outcome = outcomeOf(order(control)
                .putInStep(Tags.ScheduledProcedureStepStartTime, "1200")
                .stating(stated));

        // then
        assertThat(outcome).isEqualTo(expected);
    }

    @Test
    void what_is_withheld_or_closed_tells_the_ris_of_no_procedure_that_nobody_performed() {
        // given
        desk.accept(order("NW").build());
        int before = desk.notices().size();

        // when
        desk.accept(order("HD").build());
        desk.accept(order("RL").build());
        desk.accept(order("SC").stating(StatedStatus.COMPLETED).build());

        // then
        assertThat(desk.notices().subList(before, desk.notices().size()))
                .containsExactly(
                        "order.updated SCHEDULED NONE", "order.updated SCHEDULED NONE", "order.updated SCHEDULED NONE");
    }

    @Test
    void a_refusal_names_the_group_and_the_orc_at_fault() {
        // given
        desk.accept(order("NW").build());
        bring("STARTED");

        // when / then
        desk.refused(
                        order("PA").build(1, null, OrderedStep.ParentOrder.NONE),
                        order("PA").build(1, null, OrderedStep.ParentOrder.NONE),
                        order("CA").build(2, null, OrderedStep.ParentOrder.NONE))
                .satisfies(e -> {
                    OrderRefusedException refused = (OrderRefusedException) e;
                    assertThat(refused.group()).isEqualTo(3);
                    assertThat(refused.location().orElseThrow())
                            .isEqualTo(new OrderRefusedException.Location("ORC", 2, 1));
                });
    }

    /** Brings the order of accession ACC1 into a state; NONE: it is not there. */
    private void bring(String state) {
        if (state.equals("NONE")) {
            return;
        }
        desk.accept(order("NW").build());
        switch (StepStatus.valueOf(state)) {
            case ON_HOLD -> desk.accept(order("HD").build());
            case CANCELLED -> desk.accept(order("CA").build());
            case CLOSED ->
                desk.accept(order("SC").stating(StatedStatus.COMPLETED).build());
            default ->
                desk.store.run(session ->
                        session.scheduledSteps().save(desk.onlyStep(ACC1).withStatus(StepStatus.valueOf(state))));
        }
    }

    private String outcomeOf(OrderDraft order) {
        GroupResult.Verdict verdict;
        try {
            verdict = desk.accept(order.build()).groups().get(0).verdict();
        } catch (OrderRefusedException e) {
            return refusal(e);
        }
        return verdict + " "
                + (desk.store.accessions().find(ACC1).isEmpty()
                        ? "- -"
                        : desk.onlyStep(ACC1).status() + " "
                                + desk.accession(ACC1).orderStatus());
    }
}
