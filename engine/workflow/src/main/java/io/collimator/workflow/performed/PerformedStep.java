package io.collimator.workflow.performed;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.patient.PatientId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Modality Performed Procedure Step as the modality reported it (PS3.4 §F.7).
 *
 * @param performedBy calling AE title of the N-CREATE
 * @param dataSet everything reported so far, without a character set: its text is Unicode
 * @param items at least one; without keys when the modality had no worklist entry
 * @param repeatKey set while the step is in progress: tells a repetition of the N-CREATE, when the modality did not get our answer
 */
public record PerformedStep(
        Uid sopInstance,
        AeTitle performedBy,
        PerformedStatus status,
        DataSet dataSet,
        List<PerformedItem> items,
        @Nullable String repeatKey,
        Instant createdAt) {

    /** What an N-SET may not change (PS3.4 Table F.7.2-1); such elements are passed over. */
    private static final Set<Tag> FIXED = Set.of(
            Tags.SpecificCharacterSet,
            Tags.ScheduledStepAttributesSequence,
            Tags.PatientName,
            Tags.PatientID,
            Tags.IssuerOfPatientID,
            Tags.IssuerOfPatientIDQualifiersSequence,
            Tags.PatientBirthDate,
            Tags.PatientSex,
            Tags.ReferencedPatientSequence,
            Tags.AdmissionID,
            Tags.IssuerOfAdmissionIDSequence,
            Tags.ServiceEpisodeID,
            Tags.IssuerOfServiceEpisodeIDSequence,
            Tags.ServiceEpisodeDescription,
            Tags.PerformedProcedureStepID,
            Tags.PerformedStationAETitle,
            Tags.PerformedStationName,
            Tags.PerformedLocation,
            Tags.PerformedProcedureStepStartDate,
            Tags.PerformedProcedureStepStartTime,
            Tags.PerformedProcedureStepStatus,
            Tags.Modality,
            Tags.StudyID);

    private static final String WRONG_WORKLIST_ENTRY = "110514";

    public PerformedStep {
        items = List.copyOf(items);
    }

    /** A step that begins. */
    public static PerformedStep begun(
            Uid sopInstance, AeTitle performedBy, DataSet attributes, @Nullable String repeatKey, Instant at) {
        List<PerformedItem> items = attributes.items(Tags.ScheduledStepAttributesSequence).stream()
                .map(StepKeys::of)
                .distinct()
                .map(PerformedItem::unmatched)
                .collect(Collectors.toList());
        if (items.isEmpty()) {
            items.add(PerformedItem.unmatched(StepKeys.NONE));
        }
        return new PerformedStep(
                sopInstance,
                performedBy,
                PerformedStatus.IN_PROGRESS,
                attributes.without(Tags.SpecificCharacterSet),
                items,
                repeatKey,
                at);
    }

    /** This step after an N-SET: elements replace, sequences as a whole; the status as given. */
    public PerformedStep changed(DataSet modifications, PerformedStatus newStatus) {
        DataSet merged = dataSet.withAll(changeable(modifications));
        DataSet after = Dictionary.dataSet(merged)
                .put(Tags.PerformedProcedureStepStatus, newStatus.term())
                .build();
        return new PerformedStep(
                sopInstance, performedBy, newStatus, after, items, newStatus.isFinal() ? null : repeatKey, createdAt);
    }

    public PerformedStep withItems(List<PerformedItem> newItems) {
        return new PerformedStep(sopInstance, performedBy, status, dataSet, newItems, repeatKey, createdAt);
    }

    /** The accessions that it counts for, ascending: the order in which they are locked. */
    public SortedSet<AccessionNumber> accessions() {
        return items.stream()
                .map(PerformedItem::accession)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Empty when the modality gave none, or one that cannot be. */
    public Optional<PatientId> patientId() {
        return PatientId.in(dataSet);
    }

    /** Performed Procedure Step ID (0040,0253), empty when the modality gave none. */
    public String stepId() {
        return dataSet.text(Tags.PerformedProcedureStepID).strip();
    }

    /** The instances of PerformedSeriesSequence, images and others, in their order. */
    public Set<Uid> instances() {
        Set<Uid> instances = new LinkedHashSet<>();
        for (DataSet series : dataSet.items(Tags.PerformedSeriesSequence)) {
            addInstances(series.items(Tags.ReferencedImageSequence), instances);
            addInstances(series.items(Tags.ReferencedNonImageCompositeSOPInstanceSequence), instances);
        }
        return instances;
    }

    /** Discontinued because the wrong worklist entry was selected (110514, DCM): PS3.16 CID 9300. */
    public boolean isWrongWorklistEntry() {
        return status == PerformedStatus.DISCONTINUED
                && dataSet.items(Tags.PerformedProcedureStepDiscontinuationReasonCodeSequence).stream()
                        .anyMatch(code -> code.text(Tags.CodeValue).strip().equals(WRONG_WORKLIST_ENTRY)
                                && code.text(Tags.CodingSchemeDesignator)
                                        .strip()
                                        .equals("DCM"));
    }

    private static void addInstances(List<DataSet> references, Set<Uid> instances) {
        references.forEach(reference ->
                Uid.parse(reference.text(Tags.ReferencedSOPInstanceUID)).ifPresent(instances::add));
    }

    private static DataSet changeable(DataSet modifications) {
        return DataSet.of(modifications.elements().stream()
                .filter(element -> !FIXED.contains(element.tag()))
                .toList());
    }

    /** Says nothing of the patient. */
    @Override
    public String toString() {
        return "PerformedStep[" + sopInstance + ", " + status + "]";
    }
}
