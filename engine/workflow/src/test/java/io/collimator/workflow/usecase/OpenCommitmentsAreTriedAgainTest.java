package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.Exam.failure;
import static io.collimator.workflow.usecase.Exam.reference;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.usecase.DeliverReports.Report;
import io.collimator.workflow.usecase.DispatchCommitments.Question;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Questions without a full answer and reports that do not arrive: when they go out again and when they end. */
class OpenCommitmentsAreTriedAgainTest {

    private static final String T1 = "1.5.1";

    private final Exam exam = new Exam();

    @Test
    void a_missing_instance_is_asked_again_with_a_new_transaction_before_it_is_reported() {
        // given
        exam.performed("9.1", "9.2");
        exam.askCommitment(T1, "9.1", "9.2");
        Uid first = exam.theTransaction();

        // when
        exam.archiveReports(first, List.of(reference("9.1")), List.of(failure("9.2", 0x0112)));
        CustodyState afterFirst = exam.accession("A1").custodyState();
        List<Report> early = exam.reportsDue();
        exam.clock.advance(Duration.ofMinutes(1));
        List<Question> again = exam.askArchive();
        exam.archiveReports(again.get(0).transaction(), List.of(reference("9.2")), List.of());

        // then
        assertThat(afterFirst).isEqualTo(CustodyState.FAILED);
        assertThat(early).isEmpty();
        assertThat(again.get(0).transaction()).isNotEqualTo(first);
        assertThat(again.get(0).instances())
                .extracting(instance -> instance.sopInstance().value())
                .containsExactly("9.2");
        assertThat(exam.reportsDue().get(0).committed()).hasSize(2);
        assertThat(exam.accession("A1").custodyState()).isEqualTo(CustodyState.COMMITTED);
    }

    @Test
    void an_instance_that_stays_missing_is_reported_after_the_last_try() {
        // given
        exam.performed("9.1");
        exam.askCommitment(T1, "9.1");

        // when
        int asked = 0;
        for (int i = 0; i < 10 && exam.reportsDue().isEmpty(); i++) {
            for (Question question : exam.askArchive()) {
                asked++;
                exam.archiveReports(question.transaction(), List.of(), List.of(failure("9.1", 0x0112)));
            }
            if (asked < 5) {
                exam.clock.advance(Duration.ofMinutes(60));
            }
        }
        exam.clock.advance(Duration.ofMinutes(2));

        // then
        assertThat(asked).isEqualTo(5);
        assertThat(exam.reportsDue().get(0).failed().get(0).reason()).isEqualTo(0x0112);
    }

    @Test
    void what_a_report_leaves_out_stays_open_and_what_was_not_asked_is_ignored() {
        // given
        exam.performed("9.1", "9.2");
        exam.askCommitment(T1, "9.1", "9.2");

        // when
        exam.archiveReports(exam.theTransaction(), List.of(reference("9.1"), reference("8.8")), List.of());

        // then
        assertThat(exam.counts("A1")).isEqualTo(new InstanceCounts(2, 1, 0));
        assertThat(exam.reportsDue()).isEmpty();
        exam.clock.advance(Duration.ofMinutes(1));
        assertThat(exam.askArchive().get(0).instances()).hasSize(1);
    }

    @Test
    void an_archive_that_cannot_be_asked_is_asked_again_with_a_new_transaction() {
        // given
        exam.performed("9.1");
        exam.askCommitment(T1, "9.1");
        Question first = exam.dispatch.due(exam.clock.instant(), 10, Set.of()).get(0);

        // when
        exam.dispatch.askFailed(first.transaction(), "connection refused");
        List<Question> atOnce = exam.dispatch.due(exam.clock.instant(), 10, Set.of());
        exam.clock.advance(Duration.ofSeconds(10));
        List<Question> later = exam.dispatch.due(exam.clock.instant(), 10, Set.of());

        // then
        assertThat(atOnce).isEmpty();
        assertThat(later).hasSize(1);
        assertThat(later.get(0).transaction()).isNotEqualTo(first.transaction());
    }

    @Test
    void a_question_whose_sending_ended_in_a_crash_is_asked_again() {
        // given
        exam.performed("9.1");
        exam.askCommitment(T1, "9.1");
        exam.dispatch.due(exam.clock.instant(), 10, Set.of());

        // when
        exam.clock.advance(Duration.ofMinutes(2));

        // then
        assertThat(exam.dispatch.due(exam.clock.instant(), 10, Set.of())).hasSize(1);
    }

    @Test
    void a_report_that_overtakes_the_answer_to_the_question_settles_it() {
        // given
        exam.performed("9.1");
        exam.askCommitment(T1, "9.1");
        Question question =
                exam.dispatch.due(exam.clock.instant(), 10, Set.of()).get(0);

        // when
        exam.archiveReports(question.transaction(), List.of(reference("9.1")), List.of());
        exam.dispatch.asked(question.transaction());
        exam.clock.advance(Duration.ofHours(3));

        // then
        assertThat(exam.dispatch.due(exam.clock.instant(), 10, Set.of())).isEmpty();
        assertThat(exam.reportsDue()).hasSize(1);
    }

    @Test
    void a_late_answer_to_an_old_question_is_accepted_while_something_is_open() {
        // given
        exam.performed("9.1");
        exam.askCommitment(T1, "9.1");
        Uid old = exam.theTransaction();
        exam.clock.advance(Duration.ofHours(2));
        Uid current = exam.theTransaction();

        // when
        exam.archiveReports(old, List.of(reference("9.1")), List.of());
        exam.archiveReports(current, List.of(), List.of(failure("9.1", 0x0110)));

        // then
        assertThat(exam.reportsDue().get(0).committed()).hasSize(1);
        assertThat(exam.accession("A1").custodyState()).isEqualTo(CustodyState.COMMITTED);
    }

    @Test
    void what_nobody_answers_is_reported_as_failed_but_custody_stays_outstanding() {
        // given
        exam.performed("9.1");
        exam.askCommitment(T1, "9.1");
        Uid asked = exam.theTransaction();

        // when
        exam.clock.advance(Duration.ofHours(24));
        List<Question> questions = exam.askArchive();
        List<Report> reports = exam.reportsDue();
        CustodyState unanswered = exam.accession("A1").custodyState();
        exam.archiveReports(asked, List.of(reference("9.1")), List.of());

        // then
        assertThat(questions).isEmpty();
        assertThat(reports.get(0).failed().get(0).reason()).isEqualTo(0x0110);
        assertThat(unanswered).isEqualTo(CustodyState.OUTSTANDING);
        assertThat(exam.accession("A1").custodyState()).isEqualTo(CustodyState.COMMITTED);
    }

    @Test
    void a_report_that_cannot_be_delivered_is_tried_again_and_in_the_end_becomes_an_exception() {
        // given
        exam.performed("9.1");
        exam.askCommitment(T1, "9.1");
        exam.archiveReports(exam.theTransaction(), List.of(reference("9.1")), List.of());

        // when
        exam.delivery.deliveryFailed(exam.reportsDue().get(0).id(), "connection refused");
        List<Report> atOnce = exam.reportsDue();
        exam.clock.advance(Duration.ofSeconds(10));
        List<Report> later = exam.reportsDue();
        exam.clock.advance(Duration.ofDays(3));
        exam.delivery.deliveryFailed(exam.reportsDue().get(0).id(), "connection refused");
        exam.clock.advance(Duration.ofDays(3));

        // then
        assertThat(atOnce).isEmpty();
        assertThat(later).hasSize(1);
        assertThat(exam.reportsDue()).isEmpty();
        assertThat(exam.exceptions()).containsExactly(ExceptionType.COMMITMENT_REPORT_UNDELIVERED);
    }
}
