package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.Exam.begin;
import static io.collimator.workflow.usecase.Exam.beginFor;
import static io.collimator.workflow.usecase.Exam.end;
import static io.collimator.workflow.usecase.Exam.item;
import static io.collimator.workflow.usecase.Exam.studyOf;
import static io.collimator.workflow.usecase.Exam.wrongEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.performed.PerformedStep;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.worklist.StepStatus;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPerformedStepTest {

    private static final Uid OTHER_STUDY = new Uid("1.2.99");

    private final Exam exam = new Exam();

    @Test
    void a_step_that_begins_starts_its_scheduled_step_and_its_end_completes_it() {
        // given
        exam.ordered("A1", "S1");

        // when
        exam.create("1.1", begin(item("A1", "S1")));
        StepStatus begun = exam.stepStatus("A1", "S1");
        exam.set("1.1", end("COMPLETED", "9.1", "9.2"));

        // then
        assertThat(begun).isEqualTo(StepStatus.STARTED);
        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.COMPLETED);
        assertThat(exam.accession("A1").procedureState()).isEqualTo(ProcedureState.COMPLETED);
        assertThat(exam.counts("A1").expected()).isEqualTo(2);
        assertThat(exam.store.noticeTypes())
                .containsExactly(
                        "status.scheduled",
                        "procedure.started",
                        "status.in_progress",
                        "procedure.completed",
                        "status.completed",
                        "custody.outstanding");
        assertThat(exam.store.timelineKinds("A1")).containsExactly("mpps.in-progress", "mpps.completed");
        assertThat(exam.exceptions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "DISCONTINUED", "in progress", ""})
    void a_step_that_does_not_begin_in_progress_is_refused_and_kept(String status) {
        // given
        DataSet attributes = Dictionary.dataSet(begin(item("A1", "S1")))
                .put(Tags.PerformedProcedureStepStatus, status)
                .build();

        // when
        RequestRefusedException refused =
                catchThrowableOfType(RequestRefusedException.class, () -> exam.create("1.1", attributes));

        // then
        assertThat(refused.status()).isEqualTo(0x0106);
        assertThat(refused.offendingElements()).containsExactly(Tags.PerformedProcedureStepStatus);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.MESSAGE_REFUSED);
        assertThat(exam.store.raised().get(0).evidence().content()).isNotEmpty();
        assertThat(exam.store.performedSteps().find(new Uid("1.1"))).isEmpty();
    }

    @Test
    void a_second_creation_of_the_same_instance_with_other_content_is_refused_and_changes_nothing() {
        // given
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));

        // when
        RequestRefusedException refused =
                catchThrowableOfType(RequestRefusedException.class, () -> exam.create("1.1", begin(item("A1", "S2"))));

        // then
        assertThat(refused.status()).isEqualTo(0x0111);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.MESSAGE_REFUSED);
        assertThat(exam.store.timelineKinds("A1")).containsExactly("mpps.in-progress");
    }

    @Test
    void a_creation_without_uid_gets_one_and_gets_it_again_while_the_step_is_in_progress() {
        // given
        exam.ordered("A1", "S1");
        DataSet attributes = begin(item("A1", "S1"));

        // when
        Uid first = exam.createWithoutUid(attributes).sopInstance();
        Uid repeated = exam.createWithoutUid(attributes).sopInstance();
        exam.set(first.value(), end("COMPLETED", "9.1"));
        Uid later = exam.createWithoutUid(attributes).sopInstance();

        // then
        assertThat(repeated).isEqualTo(first);
        assertThat(later).isNotEqualTo(first);
    }

    @Test
    void another_step_without_uid_gets_another_one() {
        Uid first = exam.createWithoutUid(begin(item("A1", "S1"))).sopInstance();
        Uid other = exam.createWithoutUid(begin(item("A1", "S2"))).sopInstance();

        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void an_unknown_instance_is_refused_and_its_content_kept() {
        RequestRefusedException refused =
                catchThrowableOfType(RequestRefusedException.class, () -> exam.set("1.1", end("COMPLETED")));

        assertThat(refused.status()).isEqualTo(0x0112);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.MESSAGE_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "DISCONTINUED"})
    void a_final_state_is_final(String status) {
        // given
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));
        exam.set("1.1", end(status, "9.1"));

        // when
        RequestRefusedException refused =
                catchThrowableOfType(RequestRefusedException.class, () -> exam.set("1.1", end("COMPLETED", "9.2")));

        // then
        assertThat(refused.status()).isEqualTo(0x0110);
        assertThat(refused.errorId()).isEqualTo(OptionalInt.of(0xA710));
        assertThat(refused.comment()).contains("may no longer be updated").hasSizeLessThanOrEqualTo(64);
        assertThat(exam.counts("A1").expected()).isEqualTo(1);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.MESSAGE_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETE", "completed", "STARTED"})
    void a_status_that_is_none_is_refused(String status) {
        // given
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));

        // when
        RequestRefusedException refused =
                catchThrowableOfType(RequestRefusedException.class, () -> exam.set("1.1", end(status)));

        // then
        assertThat(refused.status()).isEqualTo(0x0106);
        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.STARTED);
    }

    @Test
    void a_change_replaces_sequences_and_passes_over_what_may_not_change() {
        // given
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));
        exam.set("1.1", end("IN PROGRESS", "9.1", "9.2", "9.3"));
        DataSet repeatingThePatient = Dictionary.dataSet(end("IN PROGRESS", "9.4"))
                .put(Tags.PatientID, "P2")
                .put(Tags.PatientName, "Other^One")
                .put(Tags.CommentsOnThePerformedProcedureStep, "moved")
                .build();

        // when
        exam.set("1.1", repeatingThePatient);

        // then
        PerformedStep step = exam.store.performedSteps().find(new Uid("1.1")).orElseThrow();
        assertThat(step.dataSet().text(Tags.PatientID)).isEqualTo("P1");
        assertThat(step.dataSet().text(Tags.PatientName)).isEqualTo("Doe^Jane");
        assertThat(step.dataSet().text(Tags.CommentsOnThePerformedProcedureStep))
                .isEqualTo("moved");
        assertThat(step.instances()).containsExactly(new Uid("9.4"));
        assertThat(exam.counts("A1").expected()).isEqualTo(1);
    }

    @Test
    void an_end_without_end_time_and_series_is_an_end() {
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));

        exam.set(
                "1.1",
                Dictionary.dataSet()
                        .put(Tags.PerformedProcedureStepStatus, "COMPLETED")
                        .build());

        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.COMPLETED);
    }

    @Test
    void the_study_uid_of_the_modality_does_not_matter_when_step_and_accession_agree() {
        exam.ordered("A1", "S1", "S2").create("1.1", begin(item("A1", "S2", OTHER_STUDY)));

        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.SCHEDULED);
        assertThat(exam.stepStatus("A1", "S2")).isEqualTo(StepStatus.STARTED);
    }

    @Test
    void a_study_with_one_open_step_needs_no_other_key() {
        exam.ordered("A1", "S1").create("1.1", begin(item("", "", studyOf("A1"))));

        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.STARTED);
    }

    @Test
    void an_accession_with_several_open_steps_takes_an_unnamed_one_as_unscheduled() {
        // when
        exam.ordered("A1", "S1", "S2").create("1.1", begin(item("A1", "", OTHER_STUDY)));

        // then
        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.SCHEDULED);
        assertThat(exam.accession("A1").procedureState()).isEqualTo(ProcedureState.IN_PROGRESS);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.STEP_UNMATCHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P2", "p1", ""})
    void another_patient_changes_no_order(String patient) {
        // given
        exam.ordered("A1", "S1");

        // when
        exam.create("1.1", beginFor(patient, item("A1", "S1")));
        exam.set("1.1", end("COMPLETED", "9.1"));

        // then
        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.SCHEDULED);
        assertThat(exam.accession("A1").procedureState()).isEqualTo(ProcedureState.SCHEDULED);
        assertThat(exam.counts("A1").expected()).isZero();
        assertThat(exam.exceptions()).containsExactly(ExceptionType.PATIENT_MISMATCH);
        assertThat(exam.store.noticeTypes()).containsExactly("status.scheduled", "exception.patient-mismatch");
    }

    @Test
    void another_issuer_of_the_same_patient_id_is_another_patient() {
        // given
        DataSet attributes = Dictionary.dataSet(begin(item("A1", "S1")))
                .put(Tags.IssuerOfPatientID, "CLINIC")
                .build();

        // when
        exam.ordered("A1", "S1").create("1.1", attributes);

        // then
        assertThat(exam.exceptions()).containsExactly(ExceptionType.PATIENT_MISMATCH);
    }

    @Test
    void an_unknown_accession_is_known_from_the_performed_step_alone() {
        // when
        exam.create("1.1", begin(item("X7", "", OTHER_STUDY)));
        exam.set("1.1", end("COMPLETED", "9.1"));

        // then
        assertThat(exam.accession("X7").orderStatus()).isNull();
        assertThat(exam.accession("X7").procedureState()).isEqualTo(ProcedureState.COMPLETED);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.STEP_UNMATCHED);
        assertThat(exam.store.noticeTypes())
                .containsExactly(
                        "exception.step-unmatched", "procedure.started", "procedure.completed", "custody.outstanding");
    }

    @Test
    void a_step_without_any_key_is_kept_as_unscheduled() {
        exam.create("1.1", begin());

        assertThat(exam.store.performedSteps().find(new Uid("1.1"))).isPresent();
        assertThat(exam.exceptions()).containsExactly(ExceptionType.STEP_UNMATCHED);
    }

    @Test
    void an_order_that_comes_late_takes_over_what_was_performed_for_it() {
        // given
        exam.create("1.1", begin(item("A1", "S1", OTHER_STUDY)));
        exam.set("1.1", end("COMPLETED", "9.1"));

        // when
        exam.ordered("A1", "S1");

        // then
        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.COMPLETED);
        assertThat(exam.store.noticeTypes()).endsWith("status.completed");
        assertThat(exam.counts("A1").expected()).isEqualTo(1);
        assertThat(exam.store.timelineKinds("A1")).endsWith("mpps.linked");
    }

    @Test
    void a_late_order_of_another_patient_lets_the_performed_step_go_and_says_so_once() {
        // given
        exam.create("1.1", beginFor("P2", item("A1", "S1")));
        exam.set("1.1", end("COMPLETED", "9.1"));

        // when
        exam.ordered("A1", "S1");
        exam.ordered("A1", "S1");

        // then
        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.SCHEDULED);
        assertThat(exam.accession("A1").procedureState()).isEqualTo(ProcedureState.SCHEDULED);
        assertThat(exam.counts("A1").expected()).isZero();
        assertThat(exam.exceptions()).containsExactly(ExceptionType.STEP_UNMATCHED, ExceptionType.PATIENT_MISMATCH);
    }

    @Test
    void a_late_order_takes_a_study_without_accession_too() {
        exam.create("1.1", begin(item("", "S1", studyOf("A1"))));

        exam.ordered("A1", "S1");

        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.STARTED);
    }

    @Test
    void a_group_updates_every_step_of_every_accession() {
        // given
        exam.ordered("A1", "S1").ordered("A2", "S2");

        // when
        exam.create("1.1", begin(item("A1", "S1"), item("A2", "S2")));
        exam.set("1.1", end("COMPLETED", "9.1", "9.2"));

        // then
        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.COMPLETED);
        assertThat(exam.stepStatus("A2", "S2")).isEqualTo(StepStatus.COMPLETED);
        assertThat(exam.store.noticeTypes())
                .filteredOn("status.completed"::equals)
                .hasSize(2);
        assertThat(exam.counts("A2").expected()).isEqualTo(2);
    }

    @Test
    void an_appended_step_adds_its_instances_and_the_scheduled_step_ends_with_the_last() {
        // given
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));
        exam.set("1.1", end("COMPLETED", "9.1"));

        // when
        exam.create("1.2", begin(item("A1", "S1")));
        StepStatus meanwhile = exam.stepStatus("A1", "S1");
        exam.set("1.2", end("DISCONTINUED", "9.2"));

        // then
        assertThat(meanwhile).isEqualTo(StepStatus.STARTED);
        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.COMPLETED);
        assertThat(exam.counts("A1").expected()).isEqualTo(2);
    }

    @Test
    void a_discontinued_step_discontinues_its_scheduled_step() {
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));

        exam.set("1.1", end("DISCONTINUED", "9.1"));

        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.DISCONTINUED);
        assertThat(exam.store.noticeTypes()).contains("procedure.discontinued", "status.discontinued");
        assertThat(exam.counts("A1").expected()).isEqualTo(1);
    }

    @Test
    void the_wrong_worklist_entry_goes_back_on_the_list_and_gets_no_credit() {
        // given
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));
        exam.set("1.1", end("IN PROGRESS", "9.1"));

        // when
        exam.set("1.1", wrongEntry(end("DISCONTINUED", "9.1")));

        // then
        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.SCHEDULED);
        assertThat(exam.accession("A1").procedureState()).isEqualTo(ProcedureState.SCHEDULED);
        assertThat(exam.counts("A1").expected()).isZero();
        assertThat(exam.store.noticeTypes())
                .endsWith("status.scheduled")
                .doesNotContain("procedure.discontinued", "procedure.completed");
        assertThat(exam.store.timelineKinds("A1")).endsWith("mpps.discontinued");
    }

    @Test
    void the_wrong_worklist_entry_stays_withdrawn_when_the_order_changes() {
        // given
        exam.ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));
        exam.set("1.1", wrongEntry(end("DISCONTINUED", "9.1")));

        // when
        exam.late.relink(exam.store, new AccessionNumber("A1"));

        // then
        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.SCHEDULED);
        assertThat(exam.store.performedSteps().linksOf(new AccessionNumber("A1")))
                .isEmpty();
    }

    @Test
    void the_view_shows_scheduled_and_unscheduled_steps() {
        // given
        exam.ordered("A1", "S1", "S2").create("1.1", begin(item("A1", "", OTHER_STUDY)));

        // when
        ViewAccession.AccessionView view =
                (ViewAccession.AccessionView) exam.view.view(new AccessionReference("A1", null));

        // then
        assertThat(view.steps())
                .extracting(step -> step.stepId() + " " + step.status() + " " + step.start())
                .containsExactly(
                        "S1 SCHEDULED 2026-11-22T09:15:00Z",
                        "S2 SCHEDULED 2026-11-22T09:15:00Z",
                        "PPS1 STARTED 2026-11-22T08:15:00Z");
        assertThat(view.instancesFinal()).isFalse();
        assertThat(exam.view.view(new AccessionReference("A2", null))).isInstanceOf(ViewAccession.Unknown.class);
    }
}
