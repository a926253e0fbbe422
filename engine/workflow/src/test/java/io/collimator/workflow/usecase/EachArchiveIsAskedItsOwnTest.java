package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.Exam.ARCHIVE;
import static io.collimator.workflow.usecase.Exam.reference;
import static io.collimator.workflow.usecase.Exam.reportOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.collimator.dicom.data.AeTitle;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.usecase.DispatchCommitments.Question;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several archives: which one a request goes to, and that one which has enough in hand holds up its own alone. */
class EachArchiveIsAskedItsOwnTest {

    private static final AeTitle CT2 = new AeTitle("CT2");
    private static final AeTitle ARCHIVE2 = new AeTitle("ARCHIVE2");

    private final Exam exam = new Exam();

    @Test
    void the_station_decides_and_else_who_sent_the_order_and_else_the_usual_one() {
        // given
        exam.performed("9.1");
        exam.archiveBySender.put("WEST", ARCHIVE2);
        exam.askCommitment("1.5.1", "9.1");
        List<Question> ofNobody = exam.askArchive();

        // when
        exam.store.accessions().keep(new AccessionNumber("A1"), new SentFields(Map.of("MSH-3", "WEST")));
        exam.askCommitment("1.5.2", "9.1");
        List<Question> ofWest = exam.askArchive();
        exam.archiveByStation.put(Exam.CT1, ARCHIVE);
        exam.askCommitment("1.5.3", "9.1");
        List<Question> ofStation = exam.askArchive();

        // then
        assertThat(ofNobody).extracting(Question::archive).containsExactly(ARCHIVE);
        assertThat(ofWest).extracting(Question::archive).containsExactly(ARCHIVE2);
        assertThat(ofStation).extracting(Question::archive).containsExactly(ARCHIVE);
    }

    @Test
    void what_is_for_a_busy_archive_lets_the_others_pass_and_is_asked_afterwards() {
        // given
        exam.archiveByStation.put(CT2, ARCHIVE2);
        for (int i = 1; i <= 5; i++) {
            exam.askCommitment("1.5." + i, "9." + i);
        }
        exam.askCommitmentFrom(CT2, "1.5.6", "9.6");

        // when
        List<Question> meanwhile = exam.dispatch.due(exam.clock.instant(), 2, Set.of(ARCHIVE));
        List<Question> nothingElse = exam.dispatch.due(exam.clock.instant(), 2, Set.of(ARCHIVE));
        long waiting = exam.store.commitments().asks().countUntaken(ARCHIVE);
        List<Question> afterwards = exam.dispatch.due(exam.clock.instant(), 100, Set.of());

        // then
        assertThat(meanwhile).extracting(Question::archive).containsExactly(ARCHIVE2);
        assertThat(nothingElse).isEmpty();
        assertThat(waiting).isEqualTo(5);
        assertThat(afterwards).hasSize(5).extracting(Question::archive).containsOnly(ARCHIVE);
    }

    @Test
    void what_has_no_answer_yet_goes_where_a_new_table_says_and_the_old_one_may_still_answer() {
        // given
        exam.performed("9.1");
        exam.askCommitment("1.5.1", "9.1");
        Question old = exam.askArchive().get(0);

        // when
        exam.archiveByStation.put(Exam.CT1, ARCHIVE2);
        exam.dispatch.chooseAnew();
        exam.clock.advance(Duration.ofHours(2));
        Question anew =
                exam.dispatch.due(exam.clock.instant(), 10, Set.of(ARCHIVE)).get(0);
        exam.reports.report(ARCHIVE, reportOn(anew.transaction(), List.of(reference("9.1")), List.of()));
        InstanceCounts afterTheWrongOne = exam.counts("A1");
        exam.reports.report(ARCHIVE2, reportOn(anew.transaction(), List.of(reference("9.1")), List.of()));

        // then
        assertThat(old.archive()).isEqualTo(ARCHIVE);
        assertThat(anew.archive()).isEqualTo(ARCHIVE2);
        assertThat(afterTheWrongOne.committed()).isZero();
        assertThat(exam.exceptions()).containsExactly(ExceptionType.COMMITMENT_REPORT_UNEXPECTED);
        assertThat(exam.counts("A1").committed()).isEqualTo(1);
    }

    @Test
    void a_report_counts_from_the_archive_that_was_asked_whatever_the_table_says_since() {
        // given
        exam.performed("9.1");
        exam.askCommitment("1.5.1", "9.1");
        Question asked = exam.askArchive().get(0);

        // when
        exam.archiveByStation.put(Exam.CT1, ARCHIVE2);
        exam.dispatch.chooseAnew();
        exam.reports.report(ARCHIVE2, reportOn(asked.transaction(), List.of(reference("9.1")), List.of()));
        InstanceCounts afterTheNewOne = exam.counts("A1");
        exam.reports.report(ARCHIVE, reportOn(asked.transaction(), List.of(reference("9.1")), List.of()));

        // then
        assertThat(afterTheNewOne.committed()).isZero();
        assertThat(exam.exceptions()).containsExactly(ExceptionType.COMMITMENT_REPORT_UNEXPECTED);
        assertThat(exam.counts("A1").committed()).isEqualTo(1);
    }

    @Test
    void a_station_with_a_real_archive_is_served_where_the_usual_one_is_none() {
        // given
        exam.archive = Optional.empty();
        exam.archiveByStation.put(CT2, ARCHIVE2);

        // when
        exam.askCommitmentFrom(CT2, "1.5.1", "9.1");
        RequestRefusedException refused =
                catchThrowableOfType(RequestRefusedException.class, () -> exam.askCommitment("1.5.2", "9.2"));

        // then
        assertThat(exam.askArchive()).extracting(Question::archive).containsExactly(ARCHIVE2);
        assertThat(refused.status()).isEqualTo(0x0110);
        assertThat(refused.comment()).isEqualTo("no real archive is configured");
    }
}
