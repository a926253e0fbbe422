package io.collimator.workflow.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import org.junit.jupiter.api.Test;

class WorklistProjectionTest {

    private static final DataSet STEP = Dictionary.dataSet()
            .put(Tags.Modality, "CT")
            .put(Tags.ScheduledProcedureStepID, "SPS1")
            .build();

    private static final DataSet CODE = Dictionary.dataSet()
            .put(Tags.CodeValue, "CTHEAD")
            .put(Tags.CodeMeaning, "CT HEAD")
            .build();

    private static final DataSet ENTRY = Dictionary.dataSet()
            .put(Tags.PatientName, "DOE^JOHN")
            .put(Tags.AccessionNumber, "ACC1")
            .items(Tags.RequestedProcedureCodeSequence, CODE)
            .items(Tags.ScheduledProcedureStepSequence, STEP)
            .build();

    @Test
    void only_what_was_asked_for_comes_with_the_stored_value() {
        DataSet answer = project(Dictionary.dataSet()
                .put(Tags.SpecificCharacterSet)
                .put(Tags.PatientName, "doe*")
                .put(Tags.PatientSex)
                .build());

        assertThat(answer)
                .isEqualTo(Dictionary.dataSet()
                        .put(Tags.PatientName, "DOE^JOHN")
                        .put(Tags.PatientSex)
                        .build());
    }

    @Test
    void a_sequence_without_named_attributes_comes_whole() {
        DataSet asked = Dictionary.dataSet()
                .items(Tags.ScheduledProcedureStepSequence)
                .items(Tags.RequestedProcedureCodeSequence, DataSet.empty())
                .build();

        assertThat(project(asked))
                .isEqualTo(Dictionary.dataSet()
                        .items(Tags.ScheduledProcedureStepSequence, STEP)
                        .items(Tags.RequestedProcedureCodeSequence, CODE)
                        .build());
    }

    @Test
    void a_sequence_with_named_attributes_brings_these_only() {
        DataSet asked = Dictionary.dataSet()
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.Modality)
                                .put(Tags.PreMedication)
                                .items(Tags.ScheduledProtocolCodeSequence)
                                .build())
                .items(
                        Tags.RequestedProcedureCodeSequence,
                        Dictionary.dataSet().put(Tags.CodeValue).build())
                .build();

        assertThat(project(asked))
                .isEqualTo(Dictionary.dataSet()
                        .items(
                                Tags.ScheduledProcedureStepSequence,
                                Dictionary.dataSet()
                                        .put(Tags.Modality, "CT")
                                        .put(Tags.PreMedication)
                                        .items(Tags.ScheduledProtocolCodeSequence)
                                        .build())
                        .items(
                                Tags.RequestedProcedureCodeSequence,
                                Dictionary.dataSet()
                                        .put(Tags.CodeValue, "CTHEAD")
                                        .build())
                        .build());
    }

    @Test
    void a_request_without_the_step_gets_no_step() {
        assertThat(project(Dictionary.dataSet().put(Tags.AccessionNumber).build()))
                .isEqualTo(
                        Dictionary.dataSet().put(Tags.AccessionNumber, "ACC1").build());
    }

    @Test
    void a_key_that_is_not_supported_is_left_out() {
        assertThat(project(Dictionary.dataSet().put(Tags.StationName).build())).isEqualTo(DataSet.empty());
    }

    @Test
    void text_that_is_too_long_for_its_vr_is_cut() {
        DataSet entry = Dictionary.dataSet()
                .put(Tags.RequestedProcedureDescription, "x".repeat(70))
                .put(Tags.PatientName, "D".repeat(70) + "^J=山田")
                .build();
        DataSet asked = Dictionary.dataSet()
                .put(Tags.RequestedProcedureDescription)
                .put(Tags.PatientName)
                .build();

        DataSet answer = new WorklistProjection(asked).of(entry);

        assertThat(answer.text(Tags.RequestedProcedureDescription)).hasSize(64);
        assertThat(answer.text(Tags.PatientName)).isEqualTo("D".repeat(64) + "=山田");
    }

    private static DataSet project(DataSet asked) {
        return new WorklistProjection(asked).of(ENTRY);
    }
}
