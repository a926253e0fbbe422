package io.collimator.workflow.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.event.Notice.Procedure;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticeProcedureTest {

    private static final DataSet CODED = Dictionary.dataSet()
            .put(Tags.RequestedProcedureDescription, "Head, plain")
            .items(
                    Tags.RequestedProcedureCodeSequence,
                    Dictionary.dataSet()
                            .put(Tags.CodeValue, "CTH")
                            .put(Tags.CodingSchemeDesignator, "99NORTH")
                            .put(Tags.CodeMeaning, "CT head")
                            .build())
            .build();
    private static final DataSet DESCRIBED = Dictionary.dataSet()
            .put(Tags.RequestedProcedureDescription, "Thorax")
            .build();
    private static final DataSet OF_A_STEP = Dictionary.dataSet()
            .items(
                    Tags.ScheduledProcedureStepSequence,
                    Dictionary.dataSet()
                            .put(Tags.ScheduledProcedureStepID, "SPS1")
                            .put(Tags.Modality, "MR")
                            .build())
            .build();

    @Test
    void it_is_the_code_with_its_meaning_else_the_description() {
        assertThat(Procedure.of(List.of(CODED))).isEqualTo(new Procedure("CTH", "99NORTH", "CT head", "", ""));
        assertThat(Procedure.of(List.of(DESCRIBED))).isEqualTo(new Procedure("", "", "Thorax", "", ""));
    }

    @Test
    void of_several_entries_it_is_the_first_that_says_something() {
        assertThat(Procedure.of(List.of(OF_A_STEP, DESCRIBED, CODED)))
                .isEqualTo(new Procedure("", "", "Thorax", "SPS1", "MR"));
        assertThat(Procedure.of(List.of())).isEqualTo(new Procedure("", "", "", "", ""));
    }
}
