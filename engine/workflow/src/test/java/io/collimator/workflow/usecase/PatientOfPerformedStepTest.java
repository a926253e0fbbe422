package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.Exam.begin;
import static io.collimator.workflow.usecase.Exam.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.performed.PerformedItem.Link;
import io.collimator.workflow.worklist.StepStatus;
import org.junit.jupiter.api.Test;

/** Whose a performed step is, when the modality seldom says who gave the patient's ID or the accession number. */
class PatientOfPerformedStepTest {

    private static final Uid OTHER_STUDY = new Uid("1.2.840.99");

    private final Exam exam = new Exam();

    @Test
    void step_and_study_credit_an_equal_id_without_issuer_whoever_else_has_it() {
        twoPatientsHaveTheId();

        exam.create("1.1", begin(item("A1", "S1")));

        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.STARTED);
        assertThat(exam.exceptions()).isEmpty();
    }

    @Test
    void other_keys_credit_it_only_when_one_known_patient_has_the_id() {
        twoPatientsHaveTheId();

        exam.create("1.1", begin(item("A1", "S1", OTHER_STUDY)));

        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.SCHEDULED);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.PATIENT_MISMATCH);
    }

    @Test
    void an_issuer_that_cannot_be_compared_is_credited_by_step_and_study_and_told() {
        exam.ordered("A1", "S1");

        exam.create("1.1", stating(new AssigningAuthority("", "1.2.3", "ISO"), item("A1", "S1")));

        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.STARTED);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.PATIENT_AUTHORITY);
    }

    @Test
    void an_issuer_that_cannot_be_compared_is_credited_by_nothing_else() {
        exam.ordered("A1", "S1");

        exam.create("1.1", stating(new AssigningAuthority("", "1.2.3", "ISO"), item("A1", "S1", OTHER_STUDY)));

        assertThat(exam.stepStatus("A1", "S1")).isEqualTo(StepStatus.SCHEDULED);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.PATIENT_MISMATCH);
    }

    @Test
    void a_number_of_two_systems_without_study_belongs_to_neither() {
        twoSystemsGaveTheNumber();

        exam.create("1.1", begin(item("A1", "", OTHER_STUDY)));

        assertThat(exam.exceptions()).containsExactly(ExceptionType.STEP_UNMATCHED);
        assertThat(exam.store
                        .performedSteps()
                        .find(new Uid("1.1"))
                        .orElseThrow()
                        .items())
                .extracting(performed -> performed.link())
                .containsExactly(Link.UNMATCHED);
    }

    @Test
    void a_number_of_two_systems_is_told_by_step_and_study() {
        twoSystemsGaveTheNumber();

        exam.create("1.1", begin(item("A1", "S2", Exam.studyOf("A1\\WEST"))));

        assertThat(exam.exceptions()).isEmpty();
        assertThat(exam.store
                        .performedSteps()
                        .find(new Uid("1.1"))
                        .orElseThrow()
                        .accessions())
                .containsExactly(new AccessionNumber("A1", "WEST"));
    }

    private void twoPatientsHaveTheId() {
        exam.ordered("A1", "S1");
        exam.orderedFor(new PatientId("P1", "CLINIC"), new AccessionNumber("A2"), "S2");
    }

    private void twoSystemsGaveTheNumber() {
        exam.orderedFor(new PatientId("P1", "HOSPITAL"), new AccessionNumber("A1", "EAST"), "S1");
        exam.orderedFor(new PatientId("P1", "HOSPITAL"), new AccessionNumber("A1", "WEST"), "S2");
    }

    private static DataSet stating(AssigningAuthority issuer, DataSet item) {
        return issuer.issuing(
                Dictionary.dataSet(begin(item)).put(Tags.PatientID, "P1").build());
    }
}
