package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.Exam.ARCHIVE;
import static io.collimator.workflow.usecase.Exam.CT1;
import static io.collimator.workflow.usecase.Exam.begin;
import static io.collimator.workflow.usecase.Exam.end;
import static io.collimator.workflow.usecase.Exam.failure;
import static io.collimator.workflow.usecase.Exam.item;
import static io.collimator.workflow.usecase.Exam.reference;
import static io.collimator.workflow.usecase.Exam.reportOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.usecase.DeliverReports.Report;
import io.collimator.workflow.usecase.DispatchCommitments.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the archive says of the instances it was asked for, and what custody becomes of it. */
class ArchiveReportsSettleCustodyTest {

    private static final String T1 = "1.5.1";
    private static final AeTitle STRANGER = new AeTitle("STRANGER");

    private final Exam exam = new Exam();

    @Test
    void what_the_archive_commits_is_reported_to_the_modality_under_its_own_transaction() {
        // given
        exam.performed("9.1", "9.2");
        exam.askCommitment(T1, "9.1", "9.2");

        // when
        Uid asked = exam.theTransaction();
        exam.archiveReports(asked, List.of(reference("9.1"), reference("9.2")), List.of());
        List<Report> reports = exam.reportsDue();
        exam.delivery.delivered(reports.get(0).id());

        // then
        assertThat(asked).isNotEqualTo(new Uid(T1));
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).transaction()).isEqualTo(new Uid(T1));
        assertThat(reports.get(0).to()).isEqualTo(CT1);
        assertThat(reports.get(0).committed()).hasSize(2);
        assertThat(reports.get(0).failed()).isEmpty();
        assertThat(exam.accession("A1").custodyState()).isEqualTo(CustodyState.COMMITTED);
        assertThat(exam.counts("A1")).isEqualTo(new InstanceCounts(2, 2, 0));
        assertThat(exam.store.timelineKinds("A1"))
                .containsExactly(
                        "mpps.in-progress",
                        "mpps.completed",
                        "commitment.requested",
                        "commitment.asked",
                        "commitment.report-received",
                        "commitment.reported");
        assertThat(exam.store.noticeTypes()).endsWith("custody.outstanding", "custody.committed");
    }

    @Test
    void a_commitment_that_comes_before_the_performed_step_is_linked_later() {
        // given
        exam.ordered("A1", "S1");
        exam.askCommitment(T1, "9.1", "9.2");
        exam.archiveReports(exam.theTransaction(), List.of(reference("9.1"), reference("9.2")), List.of());
        exam.reportsDue().forEach(report -> exam.delivery.delivered(report.id()));
        InstanceCounts before = exam.counts("A1");

        // when
        exam.create("1.1", begin(item("A1", "S1")));
        exam.set("1.1", end("COMPLETED", "9.1"));

        // then
        assertThat(before).isEqualTo(InstanceCounts.NONE);
        assertThat(exam.counts("A1")).isEqualTo(new InstanceCounts(2, 2, 0));
        assertThat(exam.accession("A1").custodyState()).isEqualTo(CustodyState.COMMITTED);
        assertThat(exam.store.timelineKinds("A1")).contains("commitment.requested");
    }

    @Test
    void instances_that_another_accession_lists_count_there_only() {
        // given
        exam.performed("9.1");
        exam.ordered("A2", "S2").create("1.2", begin(item("A2", "S2")));
        exam.set("1.2", end("COMPLETED", "9.2"));

        // when
        exam.askCommitment(T1, "9.1", "9.2", "9.3");

        // then
        assertThat(exam.counts("A1").expected()).isEqualTo(2);
        assertThat(exam.counts("A2").expected()).isEqualTo(2);
    }

    @Test
    void custody_is_not_committed_before_the_procedure_has_ended() {
        // given
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));
        exam.set("1.1", end("IN PROGRESS", "9.1"));
        exam.askCommitment(T1, "9.1");
        exam.archiveReports(exam.theTransaction(), List.of(reference("9.1")), List.of());
        CustodyState during = exam.accession("A1").custodyState();

        // when
        exam.set("1.1", end("COMPLETED", "9.1"));

        // then
        assertThat(during).isEqualTo(CustodyState.OUTSTANDING);
        assertThat(exam.accession("A1").custodyState()).isEqualTo(CustodyState.COMMITTED);
    }

    @Test
    void what_the_archive_refuses_is_reported_with_its_reason_and_custody_has_failed() {
        // given
        exam.performed("9.1", "9.2");
        exam.askCommitment(T1, "9.1", "9.2");

        // when
        exam.archiveReports(exam.theTransaction(), List.of(reference("9.1")), List.of(failure("9.2", 0x0213)));

        // then
        assertThat(exam.accession("A1").custodyState()).isEqualTo(CustodyState.FAILED);
        assertThat(exam.reportsDue().get(0).failed())
                .extracting(failed -> failed.instance().sopInstance().value() + " " + failed.reason())
                .containsExactly("9.2 " + 0x0213);
    }

    @Test
    void a_later_commitment_lifts_the_failure() {
        // given
        exam.performed("9.1");
        exam.askCommitment(T1, "9.1");
        exam.archiveReports(exam.theTransaction(), List.of(), List.of(failure("9.1", 0x0213)));
        exam.reportsDue().forEach(report -> exam.delivery.delivered(report.id()));

        // when
        exam.askCommitment(T1, "9.1");
        exam.archiveReports(exam.theTransaction(), List.of(reference("9.1")), List.of());

        // then
        assertThat(exam.accession("A1").custodyState()).isEqualTo(CustodyState.COMMITTED);
        assertThat(exam.store.noticeTypes()).endsWith("custody.failed", "custody.committed");
    }

    @Test
    void an_instance_in_both_sequences_has_failed() {
        exam.performed("9.1");
        exam.askCommitment(T1, "9.1");

        exam.archiveReports(exam.theTransaction(), List.of(reference("9.1")), List.of(failure("9.1", 0x0119)));

        assertThat(exam.counts("A1")).isEqualTo(new InstanceCounts(1, 0, 1));
    }

    @Test
    void a_report_counts_only_from_the_archive_that_was_asked() {
        // given
        exam.performed("9.1");
        exam.askCommitment(T1, "9.1");
        Uid asked = exam.theTransaction();

        // when
        exam.reports.report(STRANGER, reportOn(asked, List.of(reference("9.1")), List.of()));
        exam.reports.report(ARCHIVE, reportOn(new Uid("1.7.7"), List.of(reference("9.1")), List.of()));
        exam.reports.report(ARCHIVE, DataSet.empty());

        // then
        assertThat(exam.accession("A1").custodyState()).isEqualTo(CustodyState.OUTSTANDING);
        assertThat(exam.exceptions())
                .containsExactly(
                        ExceptionType.COMMITMENT_REPORT_UNEXPECTED,
                        ExceptionType.COMMITMENT_REPORT_UNEXPECTED,
                        ExceptionType.COMMITMENT_REPORT_UNEXPECTED);
    }

    @Test
    void a_repeated_report_changes_nothing_and_a_contradicting_one_is_an_exception() {
        // given
        exam.performed("9.1");
        exam.askCommitment(T1, "9.1");
        Uid asked = exam.theTransaction();
        exam.archiveReports(asked, List.of(reference("9.1")), List.of());

        // when
        exam.archiveReports(asked, List.of(reference("9.1")), List.of());
        List<ExceptionType> afterTheSame = exam.exceptions();
        exam.archiveReports(asked, List.of(), List.of(failure("9.1", 0x0110)));

        // then
        assertThat(afterTheSame).isEmpty();
        assertThat(exam.exceptions()).containsExactly(ExceptionType.COMMITMENT_REPORT_UNEXPECTED);
        assertThat(exam.accession("A1").custodyState()).isEqualTo(CustodyState.COMMITTED);
    }

    @Test
    void large_sets_are_asked_in_parts_and_reported_as_one() {
        // given
        String[] instances = IntStream.range(0, 2500).mapToObj(i -> "9." + i).toArray(String[]::new);
        exam.performed(instances);
        exam.askCommitment(T1, instances);

        // when
        List<Question> questions = exam.askArchive();
        List<Integer> reportsAfterEach = new ArrayList<>();
        for (Question question : questions) {
            exam.archiveReports(
                    question.transaction(),
                    question.instances().stream()
                            .map(instance -> reference(instance.sopInstance().value()))
                            .toList(),
                    List.of());
            reportsAfterEach.add(exam.reportsDue().size());
        }

        // then
        assertThat(questions)
                .extracting(question -> question.instances().size())
                .containsExactly(1000, 1000, 500);
        assertThat(reportsAfterEach).containsExactly(0, 0, 1);
        assertThat(exam.counts("A1").committed()).isEqualTo(2500);
    }
}
