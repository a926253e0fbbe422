package io.collimator.simulators.modality;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.simulators.commitment.InstanceReference;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The data sets of N-CREATE and N-SET of a performed procedure step (PS3.4 Table F.7.2-1). */
final class PerformedStepDataSets {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);

    /** Type 2 at creation and not known yet. */
    private static final List<Tag> EMPTY_AT_FIRST = List.of(
            Tags.ReferencedPatientSequence,
            Tags.PerformedStationName,
            Tags.PerformedLocation,
            Tags.PerformedProcedureStepDescription,
            Tags.PerformedProcedureTypeDescription,
            Tags.ProcedureCodeSequence,
            Tags.PerformedProcedureStepEndDate,
            Tags.PerformedProcedureStepEndTime,
            Tags.StudyID,
            Tags.PerformedProtocolCodeSequence,
            Tags.PerformedSeriesSequence);

    private PerformedStepDataSets() {}

    /** The attributes of N-CREATE, {@code IN PROGRESS}, from the worklist entry that the operator picked. */
    static DataSet begun(WorklistItem item, AeTitle station, String performedStepId, LocalDateTime start) {
        DataSet.Builder step = Dictionary.dataSet();
        DataSet entry = item.dataSet();
        entry.get(Tags.SpecificCharacterSet).ifPresent(step::put);
        copy(entry, step, List.of(Tags.PatientName, Tags.PatientID, Tags.PatientBirthDate, Tags.PatientSex));
        entry.get(Tags.IssuerOfPatientID).ifPresent(step::put);
        EMPTY_AT_FIRST.forEach(tag -> step.put(tag));
        return step.items(Tags.ScheduledStepAttributesSequence, scheduled(item))
                .put(Tags.PerformedProcedureStepID, performedStepId)
                .put(Tags.PerformedStationAETitle, station.value())
                .put(Tags.PerformedProcedureStepStartDate, DATE.format(start))
                .put(Tags.PerformedProcedureStepStartTime, TIME.format(start))
                .put(Tags.PerformedProcedureStepStatus, "IN PROGRESS")
                .put(Tags.Modality, item.modality().isEmpty() ? "OT" : item.modality())
                .build();
    }

    private static DataSet scheduled(WorklistItem item) {
        DataSet.Builder attributes = Dictionary.dataSet();
        copy(
                item.dataSet(),
                attributes,
                List.of(
                        Tags.StudyInstanceUID,
                        Tags.ReferencedStudySequence,
                        Tags.AccessionNumber,
                        Tags.RequestedProcedureID,
                        Tags.RequestedProcedureDescription));
        copy(
                item.step(),
                attributes,
                List.of(
                        Tags.ScheduledProcedureStepID,
                        Tags.ScheduledProcedureStepDescription,
                        Tags.ScheduledProtocolCodeSequence));
        return attributes.build();
    }

    private static void copy(DataSet from, DataSet.Builder to, List<Tag> tags) {
        for (Tag tag : tags) {
            from.get(tag).ifPresentOrElse(to::put, () -> to.put(tag));
        }
    }

    /** The attributes of the final N-SET, {@code COMPLETED}. */
    static DataSet completed(LocalDateTime end, List<PerformedSeries> series) {
        return ended("COMPLETED", end, series).build();
    }

    /** The attributes of the final N-SET, {@code DISCONTINUED}. */
    static DataSet discontinued(LocalDateTime end, List<PerformedSeries> series, DiscontinuationReason reason) {
        return ended("DISCONTINUED", end, series)
                .items(Tags.PerformedProcedureStepDiscontinuationReasonCodeSequence, reason.toDataSet())
                .build();
    }

    private static DataSet.Builder ended(String status, LocalDateTime end, List<PerformedSeries> series) {
        return Dictionary.dataSet()
                .put(Tags.PerformedProcedureStepStatus, status)
                .put(Tags.PerformedProcedureStepEndDate, DATE.format(end))
                .put(Tags.PerformedProcedureStepEndTime, TIME.format(end))
                .items(Tags.PerformedSeriesSequence, performed(series));
    }

    /** An N-SET replaces the whole sequence, so it carries every series so far (PS3.4 §F.7.2.2). */
    static List<DataSet> performed(List<PerformedSeries> series) {
        return series.stream().map(PerformedStepDataSets::performed).toList();
    }

    private static DataSet performed(PerformedSeries series) {
        return Dictionary.dataSet()
                .put(Tags.PerformingPhysicianName)
                .put(Tags.ProtocolName, series.protocolName())
                .put(Tags.OperatorsName)
                .put(Tags.SeriesInstanceUID, series.seriesInstanceUid())
                .put(Tags.SeriesDescription)
                .put(Tags.RetrieveAETitle)
                .items(
                        Tags.ReferencedImageSequence,
                        series.images().stream()
                                .map(InstanceReference::toDataSet)
                                .toList())
                .put(Tags.ReferencedNonImageCompositeSOPInstanceSequence)
                .build();
    }
}
