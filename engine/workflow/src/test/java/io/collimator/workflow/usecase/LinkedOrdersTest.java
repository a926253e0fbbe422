package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDesk.ACC1;
import static io.collimator.workflow.usecase.OrderDesk.ACC2;
import static io.collimator.workflow.usecase.OrderDraft.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.order.GroupResult;
import io.collimator.workflow.order.GroupResult.Verdict;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.OrderedStep.ParentOrder;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders that belong together: replaced ones, parents and children, panels, several steps of one. */
class LinkedOrdersTest {

    private static final OrderNumber FIL1 = new OrderNumber("FIL1", "RAD");
    private static final OrderNumber FIL2 = new OrderNumber("FIL2", "RAD");
    private static final ParentOrder PANEL = new ParentOrder(null, new OrderNumber("PANEL", "RAD"));

    private final OrderDesk desk = new OrderDesk();

    @Test
    void a_replaced_order_leaves_the_list_and_both_tell_of_each_other() {
        // given
        desk.accept(order("NW").build());

        // when
        desk.accept(order("RP").build(1, null, ParentOrder.NONE), second("RO").build(2, null, ParentOrder.NONE));

        // then
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(desk.accession(ACC1).orderStatus()).isEqualTo(OrderStatus.REPLACED);
        assertThat(desk.onlyStep(ACC2).status()).isEqualTo(StepStatus.SCHEDULED);
        assertThat(desk.timeline(ACC1)).anyMatch(text -> text.contains("accession ACC2, takes its place"));
        assertThat(desk.timeline(ACC2))
                .anyMatch(text -> text.contains("takes the place of the order of accession ACC1"));
        assertThat(desk.notices()).contains("order.cancelled CANCELLED NONE", "order.scheduled SCHEDULED NONE");
    }

    @Test
    void a_replacement_may_keep_the_accession_number_of_what_it_replaces() {
        // given
        desk.accept(order("NW").build());

        // when
        desk.accept(
                order("RP").build(1, null, ParentOrder.NONE),
                order("RO").filler("FIL2").stepId("SPS2").build(2, null, new ParentOrder(null, FIL1)));

        // then
        assertThat(desk.accession(ACC1).filler()).isEqualTo(FIL2);
        assertThat(desk.accession(ACC1).orderStatus()).isEqualTo(OrderStatus.SCHEDULED);
        assertThat(desk.steps(ACC1))
                .extracting(ScheduledStep::status)
                .containsExactly(StepStatus.CANCELLED, StepStatus.SCHEDULED);
    }

    @Test
    void a_replacement_in_a_message_of_its_own_is_linked_by_its_parent_number() {
        // given
        desk.accept(order("NW").build());
        desk.accept(order("RP").build());

        // when
        desk.accept(second("RO").build(1, null, new ParentOrder(null, FIL1)));

        // then
        assertThat(desk.timeline(ACC1)).anyMatch(text -> text.contains("accession ACC2, takes its place"));
    }

    @Test
    void a_replaced_order_that_has_begun_stops_the_whole_message() {
        // given
        desk.accept(order("NW").build());
        desk.store.run(
                session -> session.scheduledSteps().save(desk.onlyStep(ACC1).withStatus(StepStatus.STARTED)));

        // when / then
        desk.refused(order("RP").build(), second("RO").build());
        assertThat(desk.store.accessions().find(ACC2)).isEmpty();
    }

    @Test
    void children_of_a_parent_are_orders_of_their_own_and_the_parent_has_no_step() {
        // when
        AcceptOrder.Accepted accepted = desk.accept(
                order("PA").filler("PANEL").build(1, null, ParentOrder.NONE),
                order("CH").build(2, null, ParentOrder.NONE),
                second("CH").build(3, null, ParentOrder.NONE));

        // then
        assertThat(accepted.groups())
                .extracting(GroupResult::verdict)
                .containsExactly(Verdict.UNCHANGED, Verdict.APPLIED, Verdict.APPLIED);
        assertThat(desk.accession(ACC1).filler()).isEqualTo(FIL1);
        assertThat(desk.accession(ACC2).filler()).isEqualTo(FIL2);
        assertThat(desk.store.accessions().parent(ACC2)).contains(PANEL);
        assertThat(desk.timeline(ACC2))
                .anyMatch(text -> text.contains("belongs to the one with filler order number PANEL"));
    }

    @Test
    void children_of_one_parent_may_share_an_accession_and_are_still_told_apart() {
        // given
        desk.accept(
                order("CH").build(1, null, PANEL),
                order("CH").filler("FIL2").stepId("SPS2").build(2, null, PANEL));
        assertThat(desk.accession(ACC1).filler()).isEqualTo(FIL1);

        // when
        desk.accept(order("XO")
                .filler("FIL2")
                .stepId("SPS2")
                .putInStep(Tags.ScheduledStationAETitle, "CT9")
                .build());
        desk.accept(order("OC").withoutInStep(Tags.ScheduledProcedureStepID).build());

        // then
        assertThat(desk.steps(ACC1))
                .extracting(step -> step.stepId() + " " + step.status())
                .containsExactly("SPS1 CANCELLED", "SPS2 SCHEDULED");
        assertThat(desk.accession(ACC1).orderStatus()).isEqualTo(OrderStatus.SCHEDULED);
        assertThat(desk.accession(ACC1).filler()).isEqualTo(FIL1);
    }

    @Test
    void a_stranger_cannot_join_the_accession_of_a_panel() {
        // given
        desk.accept(order("CH").build(1, null, PANEL));

        // when / then
        desk.assertRefused("205 OBR-18", order("CH").filler("FIL2").stepId("SPS2"));
    }

    @Test
    void two_procedures_of_one_order_are_two_steps_and_the_answer_names_both() {
        // given
        OrderedStep first =
                order("NW").withoutInStep(Tags.ScheduledProcedureStepID).build();
        OrderedStep second = order("NW")
                .withoutInStep(Tags.ScheduledProcedureStepID)
                .putInStep(Tags.ScheduledProcedureStepDescription, "ABDOMEN")
                .build();

        // when
        AcceptOrder.Accepted accepted = desk.accept(first, second);

        // then
        assertThat(desk.steps(ACC1)).hasSize(2);
        assertThat(accepted.groups())
                .extracting(GroupResult::stepId)
                .containsExactlyElementsOf(
                        desk.steps(ACC1).stream().map(ScheduledStep::stepId).toList());
        assertThat(accepted.groups().get(1))
                .isEqualTo(new GroupResult(
                        2,
                        Verdict.APPLIED,
                        ACC1,
                        null,
                        FIL1,
                        new Uid("1.2.3"),
                        "RP1",
                        desk.steps(ACC1).get(1).stepId()));
    }

    @Test
    void a_repeated_message_is_answered_with_the_keys_that_the_order_has() {
        // given
        OrderMessage message = desk.message(OrderForm.OBR, order("NW").build());
        desk.accept(message);

        // when
        AcceptOrder.Accepted again = desk.accept(message);

        // then
        assertThat(again.repetition()).isEqualTo(Repetition.SAME_MESSAGE);
        assertThat(again.groups())
                .containsExactly(
                        new GroupResult(1, Verdict.UNCHANGED, ACC1, null, FIL1, new Uid("1.2.3"), "RP1", "SPS1"));
    }

    @Test
    void an_assigned_number_finds_the_order_from_then_on() {
        // given
        desk.accept(order("NW").build());

        // when
        desk.accept(order("NA")
                .put(Tags.PlacerOrderNumberImagingServiceRequest, "PLA7")
                .build());
        desk.accept(order("HD")
                .without(Tags.FillerOrderNumberImagingServiceRequest)
                .without(Tags.OrderFillerIdentifierSequence)
                .put(Tags.PlacerOrderNumberImagingServiceRequest, "PLA7")
                .build());

        // then
        assertThat(desk.accession(ACC1).placer()).isEqualTo(new OrderNumber("PLA7", null));
        assertThat(desk.onlyStep(ACC1).dataSet().text(Tags.PlacerOrderNumberImagingServiceRequest))
                .isEqualTo("PLA7");
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(StepStatus.ON_HOLD);
    }

    @Test
    void an_assigned_number_cannot_be_one_that_another_order_has() {
        // given
        desk.accept(second("NW")
                .put(Tags.PlacerOrderNumberImagingServiceRequest, "PLA7")
                .build());
        desk.accept(order("NW").build());

        // when / then
        desk.assertRefused("205 ORC-2", order("NA").put(Tags.PlacerOrderNumberImagingServiceRequest, "PLA7"));
        desk.assertRefused("101 ORC-2", order("NA"));
    }

    @Test
    void what_is_said_of_the_patient_reaches_the_other_steps_of_the_accession() {
        // given
        desk.accept(
                order("NW").build(),
                order("NW").stepId("SPS2").build(),
                order("NW").stepId("SPS3").build());
        desk.store.run(
                session -> session.scheduledSteps().save(desk.steps(ACC1).get(2).withStatus(StepStatus.COMPLETED)));

        // when
        desk.accept(order("XO")
                .put(Tags.PatientName, "DOE^JANE")
                .put(Tags.PatientBirthDate)
                .put(Tags.AdditionalPatientHistory, "FALL")
                .build());

        // then
        assertThat(desk.steps(ACC1))
                .extracting(step -> step.dataSet().text(Tags.PatientName))
                .containsExactly("DOE^JANE", "DOE^JANE", "DOE^JOHN");
        assertThat(desk.steps(ACC1).get(1).dataSet().hasValue(Tags.PatientBirthDate))
                .isFalse();
        assertThat(desk.steps(ACC1).get(1).dataSet().hasValue(Tags.AdditionalPatientHistory))
                .isFalse();
        assertThat(desk.accession(ACC1).patient().name()).isEqualTo("DOE^JANE");
    }

    @Test
    void a_default_follows_its_source_until_somebody_says_a_value() {
        // given
        OrderDraft order = order("NW").withoutInStep(Tags.ScheduledStationAETitle);
        desk.accept(order.assuming(Tags.ScheduledStationAETitle, "CT1").build());
        List<String> stations = new ArrayList<>();

        // when
        desk.accept(order.control("XO")
                .assuming(Tags.ScheduledStationAETitle, "CT2")
                .build());
        stations.add(station());
        desk.accept(order.control("XO").build());
        stations.add(station());
        desk.accept(order.control("XO")
                .putInStep(Tags.ScheduledStationAETitle, "CT5")
                .build());
        desk.accept(order.control("XO")
                .assuming(Tags.ScheduledStationAETitle, "CT3")
                .build());
        stations.add(station());

        // then
        assertThat(stations).containsExactly("CT2", "CT2", "CT5");
    }

    private String station() {
        return desk.onlyStep(ACC1)
                .dataSet()
                .item(Tags.ScheduledProcedureStepSequence)
                .text(Tags.ScheduledStationAETitle);
    }

    /** Another order of the same patient. */
    private static OrderDraft second(String control) {
        return order(control).filler("FIL2").accession("ACC2").study("1.2.2").stepId("SPS2");
    }
}
