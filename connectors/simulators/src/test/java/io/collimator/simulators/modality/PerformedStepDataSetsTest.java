package io.collimator.simulators.modality;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.simulators.commitment.InstanceReference;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerformedStepDataSetsTest {

    private static final LocalDateTime MORNING = LocalDateTime.of(2026, 11, 22, 8, 5, 9);

    private static final WorklistItem ITEM = new WorklistItem(Dictionary.dataSet()
            .put(Tags.SpecificCharacterSet, "ISO_IR 192")
            .put(Tags.AccessionNumber, "ACC1")
            .put(Tags.PatientID, "PID-1")
            .put(Tags.PatientName, "DOE^JANE")
            .put(Tags.StudyInstanceUID, new Uid("1.2.3"))
            .put(Tags.RequestedProcedureID, "RP1")
            .items(
                    Tags.ScheduledProcedureStepSequence,
                    Dictionary.dataSet()
                            .put(Tags.ScheduledProcedureStepID, "SPS1")
                            .put(Tags.ScheduledProcedureStepDescription, "CT HEAD")
                            .put(Tags.Modality, "CT")
                            .build())
            .build());

    /** Types 1 and 2 of Table F.7.2-1 at creation, those of items left aside. */
    private static final List<Tag> REQUIRED_AT_CREATION = List.of(
            Tags.ScheduledStepAttributesSequence,
            Tags.PatientName,
            Tags.PatientID,
            Tags.PatientBirthDate,
            Tags.PatientSex,
            Tags.ReferencedPatientSequence,
            Tags.PerformedProcedureStepID,
            Tags.PerformedStationAETitle,
            Tags.PerformedStationName,
            Tags.PerformedLocation,
            Tags.PerformedProcedureStepStartDate,
            Tags.PerformedProcedureStepStartTime,
            Tags.PerformedProcedureStepStatus,
            Tags.PerformedProcedureStepDescription,
            Tags.PerformedProcedureTypeDescription,
            Tags.ProcedureCodeSequence,
            Tags.PerformedProcedureStepEndDate,
            Tags.PerformedProcedureStepEndTime,
            Tags.Modality,
            Tags.StudyID,
            Tags.PerformedProtocolCodeSequence,
            Tags.PerformedSeriesSequence);

    private static final List<Tag> REQUIRED_OF_SCHEDULED_STEP = List.of(
            Tags.StudyInstanceUID,
            Tags.ReferencedStudySequence,
            Tags.AccessionNumber,
            Tags.RequestedProcedureID,
            Tags.RequestedProcedureDescription,
            Tags.ScheduledProcedureStepID,
            Tags.ScheduledProcedureStepDescription,
            Tags.ScheduledProtocolCodeSequence);

    @Test
    void creation_has_every_attribute_of_type_1_and_2() {
        DataSet attributes = PerformedStepDataSets.begun(ITEM, new AeTitle("CT1"), "PPS1", MORNING);

        assertThat(REQUIRED_AT_CREATION).allMatch(attributes::contains);
        DataSet scheduled = attributes.item(Tags.ScheduledStepAttributesSequence);
        assertThat(REQUIRED_OF_SCHEDULED_STEP).allMatch(scheduled::contains);
    }

    @Test
    void creation_says_what_the_worklist_entry_said() {
        DataSet attributes = PerformedStepDataSets.begun(ITEM, new AeTitle("CT1"), "PPS1", MORNING);

        assertThat(attributes.text(Tags.PatientID)).isEqualTo("PID-1");
        assertThat(attributes.text(Tags.SpecificCharacterSet)).isEqualTo("ISO_IR 192");
        assertThat(attributes.text(Tags.PerformedProcedureStepStatus)).isEqualTo("IN PROGRESS");
        assertThat(attributes.text(Tags.PerformedProcedureStepStartDate)).isEqualTo("20261122");
        assertThat(attributes.text(Tags.PerformedProcedureStepStartTime)).isEqualTo("080509");
        DataSet scheduled = attributes.item(Tags.ScheduledStepAttributesSequence);
        assertThat(scheduled.text(Tags.ScheduledProcedureStepID)).isEqualTo("SPS1");
        assertThat(scheduled.text(Tags.StudyInstanceUID)).isEqualTo("1.2.3");
        assertThat(scheduled.text(Tags.AccessionNumber)).isEqualTo("ACC1");
    }

    @Test
    void the_end_lists_every_image_and_holds_nothing_that_an_n_set_may_not_have() {
        InstanceReference image = new InstanceReference(Uids.CTImageStorage, new Uid("1.2.3.4.5"));
        PerformedSeries series = new PerformedSeries(new Uid("1.2.3.4"), "ROUTINE", List.of(image));

        DataSet completed = PerformedStepDataSets.completed(MORNING, List.of(series));

        assertThat(completed.text(Tags.PerformedProcedureStepStatus)).isEqualTo("COMPLETED");
        assertThat(completed.hasValue(Tags.PerformedProcedureStepEndDate)).isTrue();
        assertThat(completed.item(Tags.PerformedSeriesSequence).item(Tags.ReferencedImageSequence))
                .isEqualTo(image.toDataSet());
        assertThat(List.of(Tags.ScheduledStepAttributesSequence, Tags.PatientID, Tags.PerformedStationAETitle))
                .noneMatch(completed::contains);
    }

    @Test
    void a_discontinued_step_says_why() {
        DataSet discontinued =
                PerformedStepDataSets.discontinued(MORNING, List.of(), DiscontinuationReason.INCORRECT_WORKLIST_ENTRY);

        DataSet reason = discontinued.item(Tags.PerformedProcedureStepDiscontinuationReasonCodeSequence);
        assertThat(discontinued.text(Tags.PerformedProcedureStepStatus)).isEqualTo("DISCONTINUED");
        assertThat(reason.text(Tags.CodeValue)).isEqualTo("110514");
        assertThat(reason.text(Tags.CodingSchemeDesignator)).isEqualTo("DCM");
    }
}
