package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.Exam.begin;
import static io.collimator.workflow.usecase.Exam.end;
import static io.collimator.workflow.usecase.Exam.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.performed.PerformedStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a modality repeats because it does not know what became of its request. */
class RepeatedRequestsTest {

    private static final int DUPLICATE_INSTANCE = 0x0111;

    private final Exam exam = new Exam();
    private final DataSet attributes = begin(item("A1", "S1"));

    @BeforeEach
    void a_step_has_begun() {
        exam.ordered("A1", "S1").create("1.1", attributes);
    }

    @Test
    void the_same_creation_is_answered_again_and_does_nothing() {
        // when
        Uid repeated = exam.create("1.1", attributes);

        // then
        assertThat(repeated).isEqualTo(new Uid("1.1"));
        assertThat(exam.exceptions()).isEmpty();
        assertThat(exam.store.timelineKinds("A1")).containsExactly("mpps.in-progress");
        assertThat(exam.store.noticeTypes())
                .containsExactly("status.scheduled", "procedure.started", "status.in_progress");
    }

    @Test
    void the_same_creation_after_a_change_takes_nothing_back() {
        // given
        exam.set("1.1", end("IN PROGRESS", "9.1"));

        // when
        exam.create("1.1", attributes);

        // then
        assertThat(exam.counts("A1").expected()).isEqualTo(1);
        assertThat(exam.exceptions()).isEmpty();
    }

    @Test
    void other_content_is_another_request_for_a_uid_that_is_taken() {
        DataSet other = Dictionary.dataSet(attributes)
                .put(Tags.PerformedStationName, "elsewhere")
                .build();

        assertThat(refusal(() -> exam.create("1.1", other))).isEqualTo(DUPLICATE_INSTANCE);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.MESSAGE_REFUSED);
    }

    @Test
    void another_ae_may_not_take_the_uid() {
        assertThat(refusal(() -> exam.createFrom(new AeTitle("OTHER"), "1.1", begin(item("A1", "S2")))))
                .isEqualTo(DUPLICATE_INSTANCE);
    }

    @Test
    void a_step_that_has_ended_does_not_begin_again() {
        exam.set("1.1", end("COMPLETED", "9.1"));

        assertThat(refusal(() -> exam.create("1.1", attributes))).isEqualTo(DUPLICATE_INSTANCE);
        assertThat(exam.store
                        .performedSteps()
                        .find(new Uid("1.1"))
                        .orElseThrow()
                        .status())
                .isEqualTo(PerformedStatus.COMPLETED);
    }

    @Test
    void the_same_content_under_another_uid_is_another_step() {
        assertThat(exam.create("1.2", attributes)).isEqualTo(new Uid("1.2"));
        assertThat(exam.store.performedSteps().find(new Uid("1.2"))).isPresent();
    }

    @Test
    void a_creation_without_uid_is_another_one_than_with_a_uid() {
        assertThat(exam.createWithoutUid(attributes).sopInstance()).isNotEqualTo(new Uid("1.1"));
    }

    private static int refusal(Runnable request) {
        return catchThrowableOfType(RequestRefusedException.class, request::run).status();
    }
}
