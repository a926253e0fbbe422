package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.Exam.begin;
import static io.collimator.workflow.usecase.Exam.beginFor;
import static io.collimator.workflow.usecase.Exam.end;
import static io.collimator.workflow.usecase.Exam.item;
import static io.collimator.workflow.usecase.Exam.studyOf;
import static io.collimator.workflow.usecase.Exam.wrongEntry;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.worklist.StepStatus;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a modality does for an order that was cancelled: it happened, so it counts, and people are told. */
class PerformedAfterCancelTest {

    private final Exam exam = new Exam();

    @Test
    void it_is_linked_and_followed_the_order_stays_cancelled_and_the_ris_is_told() {
        // given
        exam.ordered("A1", "S1");
        cancel(StepStatus.CANCELLED, OrderStatus.CANCELLED);

        // when
        exam.create("1.1", begin(item("A1", "S1")));
        ProcedureState begun = exam.accession("A1").procedureState();
        exam.set("1.1", end("COMPLETED", "9.1", "9.2"));

        // then
        assertThat(begun).isEqualTo(ProcedureState.IN_PROGRESS);
        assertThat(exam.accession("A1").procedureState()).isEqualTo(ProcedureState.COMPLETED);
        assertThat(exam.accession("A1").custodyState()).isEqualTo(CustodyState.OUTSTANDING);
        assertThat(exam.accession("A1").orderStatus()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.COMPLETED);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.PERFORMED_AFTER_CANCEL);
        assertThat(exam.store.outbox().pending(100))
                .filteredOn(notice -> notice.queue().equals(Notices.STATUS_QUEUE))
                .extracting(notice -> notice.eventType())
                .endsWith("status.in_progress", "status.completed");
        assertThat(exam.store.timelineKinds("A1"))
                .containsSubsequence("mpps.after-cancel", "mpps.in-progress", "mpps.completed");
    }

    static Stream<DataSet> rungs() {
        return Stream.of(
                item("", "S1", studyOf("A1")),
                item("A1", "S1", Exam.STUDY),
                Dictionary.dataSet(item("", "", studyOf("A1")))
                        .put(Tags.RequestedProcedureID, "A1")
                        .build(),
                item("", "", studyOf("A1")),
                item("A1", "", Exam.STUDY));
    }

    @ParameterizedTest
    @MethodSource("rungs")
    void every_rung_of_the_ladder_finds_the_cancelled_step(DataSet item) {
        exam.ordered("A1", "S1");
        cancel(StepStatus.CANCELLED, OrderStatus.CANCELLED);

        exam.create("1.1", begin(item));

        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.STARTED);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.PERFORMED_AFTER_CANCEL);
    }

    @Test
    void a_cancel_while_it_is_performed_is_told_once_with_the_next_change() {
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));
        cancel(StepStatus.STARTED, OrderStatus.CANCELLED);

        exam.set("1.1", end("IN PROGRESS", "9.1"));
        exam.set("1.1", end("DISCONTINUED", "9.1"));

        assertThat(exam.exceptions()).containsExactly(ExceptionType.PERFORMED_AFTER_CANCEL);
        assertThat(exam.accession("A1").procedureState()).isEqualTo(ProcedureState.DISCONTINUED);
        assertThat(exam.accession("A1").orderStatus()).isEqualTo(OrderStatus.CANCELLED);
    }

    @Test
    void one_cancelled_step_of_an_order_that_goes_on_is_told_too() {
        exam.ordered("A1", "S1", "S2");
        cancel(StepStatus.CANCELLED, OrderStatus.SCHEDULED);

        exam.create("1.1", begin(item("A1", "S1")));
        exam.create("1.2", begin(item("A1", "S2")));

        assertThat(exam.exceptions()).containsExactly(ExceptionType.PERFORMED_AFTER_CANCEL);
    }

    @Test
    void the_wrong_entry_goes_back_and_stays_cancelled() {
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));
        cancel(StepStatus.STARTED, OrderStatus.CANCELLED);

        exam.set("1.1", wrongEntry(end("DISCONTINUED")));

        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.CANCELLED);
        assertThat(exam.exceptions()).isEmpty();
    }

    @Test
    void another_patient_is_still_another_patient() {
        exam.ordered("A1", "S1");
        cancel(StepStatus.CANCELLED, OrderStatus.CANCELLED);

        exam.create("1.1", beginFor("P2", item("A1", "S1")));

        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.CANCELLED);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.PATIENT_MISMATCH);
    }

    @Test
    void what_was_performed_before_a_cancelled_order_came_is_linked_and_told() {
        exam.create("1.1", begin(item("A1", "S1")));
        exam.ordered("A1", "S1");
        List<ExceptionType> beforeCancel = exam.exceptions();
        cancel(StepStatus.STARTED, OrderStatus.CANCELLED);

        exam.set("1.1", end("COMPLETED", "9.1"));

        assertThat(beforeCancel).doesNotContain(ExceptionType.PERFORMED_AFTER_CANCEL);
        assertThat(exam.exceptions()).contains(ExceptionType.PERFORMED_AFTER_CANCEL);
    }

    /** As the order's side leaves accession A1 and its step S1. */
    private void cancel(StepStatus step, OrderStatus order) {
        AccessionNumber number = new AccessionNumber("A1");
        exam.store.run(session -> {
            session.scheduledSteps().ofAccession(number).stream()
                    .filter(scheduled -> scheduled.stepId().equals("S1"))
                    .forEach(scheduled -> session.scheduledSteps().save(scheduled.withStatus(step)));
            session.accessions().save(exam.accession("A1").withOrderStatus(order));
        });
    }
}
