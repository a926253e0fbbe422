package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDesk.ACC1;
import static io.collimator.workflow.usecase.OrderDraft.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group that names no step means the one whose procedure it names. */
class MeantStepsTest {

    private final OrderDesk desk = new OrderDesk();
    private String chest = "";
    private String abdomen = "";

    @BeforeEach
    void two_procedures_are_ordered() {
        desk.accept(
                procedure("NW", "EX1", "1000").build(),
                procedure("NW", "EX2", "1100").build());
        chest = desk.steps(ACC1).get(0).stepId();
        abdomen = desk.steps(ACC1).get(1).stepId();
    }

    @Test
    void a_change_of_the_second_procedure_leaves_the_first_alone() {
        desk.accept(procedure("XO", "EX2", "1500").build());

        assertThat(steps()).containsExactly(chest + " EX1 1000 SCHEDULED", abdomen + " EX2 1500 SCHEDULED");
    }

    @Test
    void procedures_in_another_order_keep_their_steps() {
        desk.accept(
                procedure("XO", "EX2", "1500").build(),
                procedure("XO", "EX1", "1400").build());

        assertThat(steps()).containsExactly(chest + " EX1 1400 SCHEDULED", abdomen + " EX2 1500 SCHEDULED");
    }

    @Test
    void a_new_order_that_is_sent_again_in_another_order_keeps_its_steps() {
        desk.accept(
                procedure("NW", "EX2", "1500").build(),
                procedure("NW", "EX1", "1400").build());

        assertThat(steps()).containsExactly(chest + " EX1 1400 SCHEDULED", abdomen + " EX2 1500 SCHEDULED");
    }

    @Test
    void a_procedure_beside_those_that_are_named_is_a_new_step() {
        desk.accept(
                procedure("XO", "EX3", "1600").build(),
                procedure("XO", "EX2", "1500").build(),
                procedure("XO", "EX1", "1000").build());

        assertThat(steps())
                .startsWith(chest + " EX1 1000 SCHEDULED", abdomen + " EX2 1500 SCHEDULED")
                .hasSize(3);
    }

    @Test
    void a_text_tells_where_there_is_no_code() {
        desk.accept(procedure("XO", "", "1500")
                .put(Tags.RequestedProcedureDescription, "ex2")
                .build());

        assertThat(steps()).containsExactly(chest + " EX1 1000 SCHEDULED", abdomen + " EX2 1500 SCHEDULED");
    }

    @Test
    void what_cannot_be_told_is_refused_and_changes_nothing() {
        desk.assertRefused("101 OBR-20", procedure("XO", "EX9", "1500"));
        desk.assertRefused("101 OBR-20", procedure("XO", "", "1500"));
        desk.refused(
                procedure("XO", "EX1", "1400").build(),
                procedure("XO", "EX9", "1500").build());

        assertThat(steps()).containsExactly(chest + " EX1 1000 SCHEDULED", abdomen + " EX2 1100 SCHEDULED");
    }

    @Test
    void as_many_groups_as_steps_go_by_position_where_nothing_is_said_of_procedures() {
        desk.accept(
                procedure("XO", "", "1400").build(), procedure("XO", "", "1500").build());

        assertThat(steps()).containsExactly(chest + " EX1 1400 SCHEDULED", abdomen + " EX2 1500 SCHEDULED");
    }

    @Test
    void the_same_procedure_twice_goes_by_position_and_once_cannot_be_told() {
        // given
        OrderDraft head = procedure("NW", "EX7", "0900")
                .put(Tags.AccessionNumber, "ACC2")
                .filler("FIL2")
                .study("1.2.4");
        desk.accept(head.build(), head.build());

        // when
        desk.accept(
                head.control("XO")
                        .putInStep(Tags.ScheduledProcedureStepStartTime, "1000")
                        .build(),
                head.control("XO")
                        .putInStep(Tags.ScheduledProcedureStepStartTime, "1100")
                        .build());

        // then
        assertThat(desk.steps(OrderDesk.ACC2))
                .extracting(MeantStepsTest::startOf)
                .containsExactly("1000", "1100");
        desk.assertRefused("101 OBR-20", head.control("XO"));
    }

    @Test
    void the_only_procedure_of_an_order_may_become_another_one() {
        // given
        OrderDraft only = procedure("NW", "EX7", "0900")
                .put(Tags.AccessionNumber, "ACC2")
                .filler("FIL2")
                .study("1.2.4");
        desk.accept(only.build());
        String step = desk.onlyStep(OrderDesk.ACC2).stepId();

        // when
        desk.accept(procedure("XO", "EX8", "0930")
                .put(Tags.AccessionNumber, "ACC2")
                .filler("FIL2")
                .study("1.2.4")
                .build());

        // then
        assertThat(desk.onlyStep(OrderDesk.ACC2).stepId()).isEqualTo(step);
        assertThat(codeOf(desk.onlyStep(OrderDesk.ACC2))).isEqualTo("EX8");
    }

    @Test
    void a_cancel_that_names_one_procedure_leaves_the_other() {
        desk.accept(procedure("CA", "EX2", "1100").build());

        assertThat(steps()).containsExactly(chest + " EX1 1000 SCHEDULED", abdomen + " EX2 1100 CANCELLED");
    }

    @Test
    void a_cancel_that_names_none_means_the_whole_order() {
        desk.accept(procedure("CA", "", "1100").build());

        assertThat(steps()).containsExactly(chest + " EX1 1000 CANCELLED", abdomen + " EX2 1100 CANCELLED");
    }

    @Test
    void the_protocol_tells_the_steps_of_one_procedure_apart() {
        // given
        OrderDraft knee = procedure("NW", "EX7", "0900")
                .put(Tags.AccessionNumber, "ACC2")
                .filler("FIL2")
                .study("1.2.4");
        desk.accept(protocol(knee, "P1").build(), protocol(knee, "P2").build());

        // when
        desk.accept(protocol(knee, "P2")
                .control("XO")
                .putInStep(Tags.ScheduledProcedureStepStartTime, "1700")
                .build());

        // then
        assertThat(desk.steps(OrderDesk.ACC2))
                .extracting(MeantStepsTest::startOf)
                .containsExactly("0900", "1700");
    }

    @Test
    void a_step_that_has_ended_makes_way_for_one_that_has_not() {
        // given
        set(chest, StepStatus.COMPLETED);
        OrderDraft again = procedure("XO", "EX1", "1200").stepId("SPS9");
        desk.accept(again.build());

        // when
        desk.accept(procedure("XO", "EX1", "1300").build());

        // then
        assertThat(steps()).contains(chest + " EX1 1000 COMPLETED", "SPS9 EX1 1300 SCHEDULED");
    }

    private void set(String stepId, StepStatus status) {
        desk.store.run(session -> desk.steps(ACC1).stream()
                .filter(step -> step.stepId().equals(stepId))
                .forEach(step -> session.scheduledSteps().save(step.withStatus(status))));
    }

    static OrderDraft procedure(String control, String code, String time) {
        OrderDraft plain = order(control)
                .withoutInStep(Tags.ScheduledProcedureStepID)
                .putInStep(Tags.ScheduledProcedureStepStartTime, time);
        return code.isEmpty()
                ? plain
                : plain.items(Tags.RequestedProcedureCodeSequence, codeItem(code))
                        .put(Tags.RequestedProcedureDescription, code);
    }

    private static OrderDraft protocol(OrderDraft draft, String code) {
        return draft.itemsInStep(Tags.ScheduledProtocolCodeSequence, codeItem(code));
    }

    private static DataSet codeItem(String code) {
        return Dictionary.dataSet()
                .put(Tags.CodeValue, code)
                .put(Tags.CodingSchemeDesignator, "99X")
                .put(Tags.CodeMeaning, code)
                .build();
    }

    private List<String> steps() {
        return desk.steps(ACC1).stream()
                .map(step -> "%s %s %s %s".formatted(step.stepId(), codeOf(step), startOf(step), step.status()))
                .toList();
    }

    private static String codeOf(ScheduledStep step) {
        return step.dataSet().item(Tags.RequestedProcedureCodeSequence).text(Tags.CodeValue);
    }

    static String startOf(ScheduledStep step) {
        return step.dataSet().item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepStartTime);
    }
}
