package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.Exam.begin;
import static io.collimator.workflow.usecase.Exam.end;
import static io.collimator.workflow.usecase.Exam.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.performed.PerformedStep;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.worklist.StepStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the peer that began a performed step says how it goes on. */
class PerformedStepOfAnotherTest {

    private static final AeTitle OTHER = new AeTitle("OTHER");
    private static final Uid STEP = new Uid("1.1");

    private final Exam exam = new Exam();

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "DISCONTINUED", "IN PROGRESS", "nonsense", ""})
    void what_another_peer_sets_is_kept_and_changes_nothing(String status) {
        // given
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));
        PerformedStep before = exam.store.performedSteps().find(STEP).orElseThrow();

        // when
        Uid answered = exam.setFrom(OTHER, "1.1", end(status, "9.1")).sopInstance();

        // then
        assertThat(answered).isEqualTo(STEP);
        assertThat(exam.store.performedSteps().find(STEP)).contains(before);
        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.STARTED);
        assertThat(exam.accession("A1").procedureState()).isEqualTo(ProcedureState.IN_PROGRESS);
        assertThat(exam.counts("A1").expected()).isZero();
        assertThat(exam.store.timelineKinds("A1")).containsExactly("mpps.in-progress", "mpps.of-another");
        assertThat(exam.store.raised()).singleElement().satisfies(raised -> {
            assertThat(raised.type()).isEqualTo(ExceptionType.PERFORMED_STEP_OF_ANOTHER);
            assertThat(raised.source()).isEqualTo("OTHER");
            assertThat(raised.summary()).contains("OTHER", "1.1", "CT1");
            assertThat(raised.accession()).hasToString("A1");
            assertThat(raised.evidence().content()).isNotEmpty();
        });
    }

    @Test
    void the_one_that_began_it_ends_it_all_the_same() {
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));
        exam.setFrom(OTHER, "1.1", end("DISCONTINUED", "9.9"));

        exam.set("1.1", end("COMPLETED", "9.1", "9.2"));

        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.COMPLETED);
        assertThat(exam.counts("A1").expected()).isEqualTo(2);
    }

    @Test
    void after_the_end_another_peer_is_answered_in_the_same_way() {
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));
        exam.set("1.1", end("COMPLETED", "9.1"));

        exam.setFrom(OTHER, "1.1", end("COMPLETED", "9.2"));

        assertThat(exam.counts("A1").expected()).isEqualTo(1);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.PERFORMED_STEP_OF_ANOTHER);
    }

    @Test
    void a_creation_that_another_peer_repeats_begins_nothing() {
        // given
        DataSet attributes = begin(item("A1", "S1"));
        exam.ordered("A1", "S1").create("1.1", attributes);

        // when
        exam.createFrom(OTHER, "1.1", attributes);
        exam.set("1.1", end("COMPLETED", "9.1"));

        // then
        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.COMPLETED);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.PERFORMED_STEP_OF_ANOTHER);
    }

    @Test
    void a_step_of_no_accession_and_one_of_two_are_told_of_once() {
        exam.ordered("A1", "S1").ordered("A2", "S2").create("1.1", begin(item("A1", "S1"), item("A2", "S2")));
        exam.create("1.2", begin());

        exam.setFrom(OTHER, "1.1", end("COMPLETED"));
        exam.setFrom(OTHER, "1.2", end("COMPLETED"));

        List<ExceptionRecord> raised = exam.store.raised().stream()
                .filter(exception -> exception.type() == ExceptionType.PERFORMED_STEP_OF_ANOTHER)
                .toList();
        assertThat(raised).hasSize(2);
        assertThat(raised.get(0).accession()).hasToString("A1");
        assertThat(raised.get(1).accession()).isNull();
        assertThat(exam.store.timelineKinds("A2")).endsWith("mpps.of-another");
    }
}
