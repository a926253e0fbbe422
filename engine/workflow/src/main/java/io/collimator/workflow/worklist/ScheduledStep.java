package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.order.AccessionNumber;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scheduled procedure step: one entry of the worklist.
 *
 * @param stepId Scheduled Procedure Step ID (0040,0009), unique within the accession
 * @param ordinal position among the steps of its accession, from 1; finds a step whose ID was made by us
 * @param stepIdDerived whether we made the ID because the order carried none
 * @param status kept apart from the data set, which may hold an older one
 * @param dataSet the whole entry as Table K.6-1 shapes it, the step's sequence with exactly one item
 * @param standIns attributes of the entry or of its step whose value is a default, because nobody has said one; a newer
 *     default replaces it
 * @param orderedAt when an order message last brought or changed it; the worklist hides what is older
 * @param repeats ID of the step of the same accession that was discontinued and that this one does again; null: of none
 */
public record ScheduledStep(
        AccessionNumber accession,
        String stepId,
        int ordinal,
        boolean stepIdDerived,
        StepStatus status,
        DataSet dataSet,
        Set<Tag> standIns,
        Instant orderedAt,
        @Nullable String repeats) {

    /** Whom an entry is about, what was to be done, and by which numbers it goes. */
    private static final Set<Tag> WHO_AND_WHAT = Set.of(
            Tags.AccessionNumber,
            Tags.IssuerOfAccessionNumberSequence,
            Tags.PatientName,
            Tags.PatientID,
            Tags.IssuerOfPatientID,
            Tags.IssuerOfPatientIDQualifiersSequence,
            Tags.PatientBirthDate,
            Tags.PatientSex,
            Tags.StudyInstanceUID,
            Tags.RequestedProcedureID,
            Tags.RequestedProcedureDescription,
            Tags.RequestedProcedureCodeSequence,
            Tags.PlacerOrderNumberImagingServiceRequest,
            Tags.FillerOrderNumberImagingServiceRequest,
            Tags.OrderPlacerIdentifierSequence,
            Tags.OrderFillerIdentifierSequence,
            Tags.ScheduledProcedureStepSequence,
            Tags.ScheduledProcedureStepID,
            Tags.ScheduledProcedureStepStatus,
            Tags.ScheduledProcedureStepDescription,
            Tags.ScheduledProtocolCodeSequence,
            Tags.ScheduledProcedureStepStartDate,
            Tags.ScheduledProcedureStepStartTime,
            Tags.ScheduledStationAETitle,
            Tags.Modality);

    public ScheduledStep {
        standIns = Set.copyOf(standIns);
    }

    /** A step in whose entry nothing stands in, and that repeats none. */
    public ScheduledStep(
            AccessionNumber accession,
            String stepId,
            int ordinal,
            boolean stepIdDerived,
            StepStatus status,
            DataSet dataSet,
            Instant orderedAt) {
        this(accession, stepId, ordinal, stepIdDerived, status, dataSet, Set.of(), orderedAt, null);
    }

    public ScheduledStep withStatus(StepStatus newStatus) {
        return new ScheduledStep(
                accession, stepId, ordinal, stepIdDerived, newStatus, dataSet, standIns, orderedAt, repeats);
    }

    public ScheduledStep withDataSet(DataSet newDataSet) {
        return new ScheduledStep(
                accession, stepId, ordinal, stepIdDerived, status, newDataSet, standIns, orderedAt, repeats);
    }

    /**
     * What stays of a step long after its end: enough to know it again, to show it, and to tell whose it is. Visit, history,
     * reasons, notes and whom else the order named are gone.
     */
    public ScheduledStep withoutDetails() {
        DataSet item = whoAndWhat(dataSet.item(Tags.ScheduledProcedureStepSequence));
        return withDataSet(whoAndWhat(dataSet)
                .with(new Element(Tags.ScheduledProcedureStepSequence, Vr.SQ, new Value.Items(List.of(item)))));
    }

    private static DataSet whoAndWhat(DataSet dataSet) {
        return DataSet.of(dataSet.elements().stream()
                .filter(element -> WHO_AND_WHAT.contains(element.tag()))
                .toList());
    }

    /** The same step with another entry, said at this time. */
    public ScheduledStep with(StepStatus newStatus, DataSet newDataSet, Set<Tag> newStandIns, Instant saidAt) {
        return new ScheduledStep(
                accession, stepId, ordinal, stepIdDerived, newStatus, newDataSet, newStandIns, saidAt, repeats);
    }

    /** Whether an entry names a start in its step's item, and another one than this step has. */
    public boolean isMovedBy(DataSet entry) {
        return StepStart.of(dataSet.item(Tags.ScheduledProcedureStepSequence))
                .isMovedBy(StepStart.of(entry.item(Tags.ScheduledProcedureStepSequence)));
    }

    /** The entry with the status that the step has now. */
    public DataSet entry() {
        return withStatus(dataSet, status);
    }

    /** An entry with a status in its step's item. */
    public static DataSet withStatus(DataSet entry, StepStatus status) {
        DataSet item = entry.item(Tags.ScheduledProcedureStepSequence)
                .with(new Element(Tags.ScheduledProcedureStepStatus, Vr.CS, new Value.Text(status.name())));
        return entry.with(new Element(Tags.ScheduledProcedureStepSequence, Vr.SQ, new Value.Items(List.of(item))));
    }
}
