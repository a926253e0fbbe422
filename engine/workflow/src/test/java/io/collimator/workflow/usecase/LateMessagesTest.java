package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDesk.ACC1;
import static io.collimator.workflow.usecase.OrderDesk.refusal;
import static io.collimator.workflow.usecase.OrderDraft.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.order.GroupResult.Verdict;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderPolicies.UnknownCancel;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.testing.Fixtures;
import io.collimator.workflow.worklist.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that come after newer ones, and cancellations that come before their orders. */
class LateMessagesTest {

    private static final OrderNumber FILLER = new OrderNumber("FIL1", "RAD");
    private static final Instant T0 = Fixtures.NOW.minus(Duration.ofHours(1));

    private final OrderDesk desk = new OrderDesk();

    /** Minutes after the last word; empty: not sent. */
    @ParameterizedTest(name = "ORC-9 {0}, MSH-7 {1}: {2}")
    @CsvSource({
        "-1, -1, STALE",
        "-1, 5, STALE",
        "0, -1, STALE",
        ", -1, STALE",
        "0, 0, APPLIED",
        "0, 1, APPLIED",
        "1, -1, APPLIED",
        ", 0, APPLIED",
        ", , APPLIED",
        "0, , APPLIED",
    })
    void a_change_is_late_when_its_own_times_say_so(
            @Nullable Integer transaction, @Nullable Integer sent, Verdict expected) {
        // given
        say(order("NW"), 0, 0);

        // when
        Verdict verdict = say(order("XO").putInStep(Tags.ScheduledProcedureStepStartTime, "1700"), transaction, sent);

        // then
        assertThat(verdict).isEqualTo(expected);
        assertThat(startTime()).isEqualTo(expected == Verdict.STALE ? "1030" : "1700");
        assertThat(desk.store.timelineKinds("ACC1").contains("order.stale")).isEqualTo(expected == Verdict.STALE);
    }

    @Test
    void the_word_of_another_sender_is_never_late() {
        // given
        say(order("NW"), 0, 0);

        // when
        Verdict verdict = desk.accept(new OrderMessage(
                        new Reception(
                                new ReceivedMessage.Key("OTHER|NORTH", "77", "digest"),
                                "ORM^O01",
                                "default",
                                Fixtures.NOW,
                                at(-30),
                                new byte[] {1}),
                        OrderForm.OBR,
                        OrderPolicies.STANDARD,
                        List.of(order("XO")
                                .putInStep(Tags.ScheduledProcedureStepStartTime, "1700")
                                .build())))
                .groups()
                .get(0)
                .verdict();

        // then
        assertThat(verdict).isEqualTo(Verdict.APPLIED);
    }

    @Test
    void a_late_cancel_and_a_late_new_order_are_ignored_and_never_refused() {
        // given
        say(order("NW"), null, 0);
        say(order("XO"), null, 10);
        desk.store.run(
                session -> session.scheduledSteps().save(desk.onlyStep(ACC1).withStatus(StepStatus.STARTED)));

        // when
        Verdict cancel = say(order("CA"), null, 5);
        Verdict again = say(order("NW"), null, 0);

        // then
        assertThat(List.of(cancel, again)).containsExactly(Verdict.STALE, Verdict.STALE);
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(StepStatus.STARTED);
        assertThat(desk.accession(ACC1).orderStatus()).isEqualTo(OrderStatus.SCHEDULED);
    }

    @Test
    void a_step_that_nobody_has_told_of_yet_is_never_too_late_unless_its_order_is_cancelled() {
        // given
        say(order("NW"), null, 10);

        // when
        Verdict another = say(order("NW").stepId("SPS2"), null, 5);
        say(order("CA").withoutInStep(Tags.ScheduledProcedureStepID), null, 20);
        Verdict third = say(order("NW").stepId("SPS3"), null, 15);

        // then
        assertThat(List.of(another, third)).containsExactly(Verdict.APPLIED, Verdict.STALE);
        assertThat(desk.steps(ACC1)).hasSize(2).allMatch(step -> step.status() == StepStatus.CANCELLED);
    }

    @Test
    void groups_of_one_message_are_judged_by_what_was_said_before_it() {
        // given
        say(order("NW"), 0, 0);

        // when
        List<Verdict> verdicts = desk
                .accept(new OrderMessage(
                        desk.reception(at(1)),
                        OrderForm.OBR,
                        OrderPolicies.STANDARD,
                        List.of(
                                order("XO")
                                        .putInStep(Tags.ScheduledProcedureStepStartTime, "1100")
                                        .build(1, at(3), OrderedStep.ParentOrder.NONE),
                                order("XO")
                                        .putInStep(Tags.ScheduledProcedureStepStartTime, "1200")
                                        .build(2, at(2), OrderedStep.ParentOrder.NONE),
                                order("XO")
                                        .putInStep(Tags.ScheduledProcedureStepStartTime, "1300")
                                        .build(3, at(-1), OrderedStep.ParentOrder.NONE))))
                .groups()
                .stream()
                .map(group -> group.verdict())
                .toList();

        // then
        assertThat(verdicts).containsExactly(Verdict.APPLIED, Verdict.APPLIED, Verdict.STALE);
        assertThat(startTime()).isEqualTo("1200");
        assertThat(say(order("XO"), 2, 1)).isEqualTo(Verdict.STALE);
    }

    @Test
    void a_clock_that_runs_far_ahead_makes_nothing_late() {
        // given
        say(order("NW"), null, 60 * 24 * 365);

        // when
        Verdict verdict = say(order("XO").putInStep(Tags.ScheduledProcedureStepStartTime, "1700"), null, 1);

        // then
        assertThat(verdict).isEqualTo(Verdict.APPLIED);
    }

    @ParameterizedTest(name = "order sent {0} min after its cancel: {2}")
    @CsvSource({
        "-5, -5, CANCELLED_BEFORE",
        "0, 0, CANCELLED_BEFORE",
        ", , CANCELLED_BEFORE",
        ", -1, CANCELLED_BEFORE",
        ", 1, APPLIED",
        "1, -1, APPLIED",
    })
    void an_order_that_is_not_newer_than_its_cancellation_is_kept_as_cancelled(
            @Nullable Integer transaction, @Nullable Integer sent, Verdict expected) {
        // given
        assertThatThrownBy(() -> say(order("CA"), 0, 0))
                .satisfies(e -> assertThat(refusal(e)).isEqualTo("204 ORC-3"));

        // when
        Verdict verdict = say(order("NW"), transaction, sent);

        // then
        boolean cancelled = expected == Verdict.CANCELLED_BEFORE;
        assertThat(verdict).isEqualTo(expected);
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(cancelled ? StepStatus.CANCELLED : StepStatus.SCHEDULED);
        assertThat(desk.accession(ACC1).orderStatus())
                .isEqualTo(cancelled ? OrderStatus.CANCELLED : OrderStatus.SCHEDULED);
        assertThat(desk.notices().get(0)).startsWith(cancelled ? "order.cancelled" : "order.scheduled");
        assertThat(desk.store.timelineKinds("ACC1").contains("order.cancelled-before"))
                .isEqualTo(cancelled);
        assertThat(desk.store.earlyStops().find(null, FILLER)).isEmpty();
    }

    @Test
    void a_newer_order_comes_back_after_one_that_was_cancelled_before_it_came() {
        // given
        assertThatThrownBy(() -> say(order("OC"), null, 0)).isNotNull();
        say(order("NW"), null, -5);

        // when
        Verdict late = say(order("XO"), null, -1);
        Verdict renewed = say(order("NW"), null, 5);

        // then
        assertThat(List.of(late, renewed)).containsExactly(Verdict.STALE, Verdict.APPLIED);
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(StepStatus.SCHEDULED);
    }

    @Test
    void a_cancellation_of_an_unknown_order_is_accepted_where_the_sender_may_and_remembered_once() {
        // given
        OrderPolicies accepting = new OrderPolicies(
                OrderPolicies.STANDARD.studyUid(), OrderPolicies.STANDARD.unknownChange(), UnknownCancel.ACCEPT);
        OrderMessage cancel = new OrderMessage(
                desk.reception(at(0)),
                OrderForm.OBR,
                accepting,
                List.of(order("DC").build()));

        // when
        Verdict verdict = desk.accept(cancel).groups().get(0).verdict();
        Verdict again = desk.accept(new OrderMessage(desk.reception(at(0)), OrderForm.OBR, accepting, cancel.steps()))
                .groups()
                .get(0)
                .verdict();

        // then
        assertThat(List.of(verdict, again)).containsExactly(Verdict.REMEMBERED, Verdict.REMEMBERED);
        assertThat(desk.store.earlyStops().find(null, FILLER)).hasSize(1);
        assertThat(say(order("NW"), null, -1)).isEqualTo(Verdict.CANCELLED_BEFORE);
    }

    @Test
    void a_cancellation_of_one_step_stops_no_other_step_of_the_order_that_comes() {
        // given
        assertThatThrownBy(() -> say(order("CA").stepId("SPS2"), null, 0)).isNotNull();

        // when
        desk.accept(new OrderMessage(
                desk.reception(at(-1)),
                OrderForm.OBR,
                OrderPolicies.STANDARD,
                List.of(order("NW").build(), order("NW").stepId("SPS2").build())));

        // then
        assertThat(desk.steps(ACC1))
                .extracting(step -> step.stepId() + " " + step.status())
                .containsExactlyInAnyOrder("SPS1 SCHEDULED", "SPS2 CANCELLED");
        assertThat(desk.accession(ACC1).orderStatus()).isEqualTo(OrderStatus.SCHEDULED);
    }

    /** Sends one group; minutes after the first hour, null when not sent. */
    private Verdict say(OrderDraft order, @Nullable Integer transaction, @Nullable Integer sent) {
        OrderedStep step = order.build(1, transaction == null ? null : at(transaction), OrderedStep.ParentOrder.NONE);
        return desk.accept(new OrderMessage(
                        desk.reception(sent == null ? null : at(sent)),
                        OrderForm.OBR,
                        OrderPolicies.STANDARD,
                        List.of(step)))
                .groups()
                .get(0)
                .verdict();
    }

    private static Instant at(int minutes) {
        return T0.plus(Duration.ofMinutes(minutes));
    }

    private String startTime() {
        return desk.onlyStep(ACC1)
                .dataSet()
                .item(Tags.ScheduledProcedureStepSequence)
                .text(Tags.ScheduledProcedureStepStartTime);
    }
}
