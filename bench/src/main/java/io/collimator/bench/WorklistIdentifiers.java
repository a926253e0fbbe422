package io.collimator.bench;

import io.collimator.bench.WorklistAsker.Question;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.List;

/** Identifiers as a modality sends them: the keys of PS3.4 Table K.6-1 that modalities ask for, and values in one or two. */
final class WorklistIdentifiers {

    private static final List<Tag> KEYS = List.of(
            Tags.AccessionNumber,
            Tags.ReferringPhysicianName,
            Tags.PatientName,
            Tags.PatientID,
            Tags.PatientBirthDate,
            Tags.PatientSex,
            Tags.PatientWeight,
            Tags.MedicalAlerts,
            Tags.Allergies,
            Tags.StudyInstanceUID,
            Tags.RequestingPhysician,
            Tags.RequestedProcedureDescription,
            Tags.AdmissionID,
            Tags.RequestedProcedureID,
            Tags.RequestedProcedurePriority);

    private static final List<Tag> STEP_KEYS = List.of(
            Tags.Modality,
            Tags.ScheduledStationAETitle,
            Tags.ScheduledProcedureStepStartDate,
            Tags.ScheduledProcedureStepStartTime,
            Tags.ScheduledPerformingPhysicianName,
            Tags.ScheduledProcedureStepDescription,
            Tags.ScheduledProcedureStepID);

    private WorklistIdentifiers() {}

    static DataSet of(Question question, int number) {
        boolean isOne = question == Question.ONE_MATCH;
        DataSet.Builder step = Dictionary.dataSet();
        STEP_KEYS.forEach(tag -> step.put(tag, ""));
        if (!isOne) {
            step.put(Tags.ScheduledStationAETitle, WorklistEntries.station(number));
            step.put(Tags.ScheduledProcedureStepStartDate, WorklistEntries.day(number));
        }
        DataSet.Builder identifier = Dictionary.dataSet();
        KEYS.forEach(tag -> identifier.put(tag, ""));
        if (isOne) {
            identifier.put(Tags.AccessionNumber, WorklistEntries.accession(number));
        }
        return identifier
                .items(Tags.ScheduledProcedureStepSequence, step.build())
                .build();
    }

    /** What a worklist answers to {@link #of}: the keys of the identifier with the values of the entry. */
    static DataSet answer(DataSet entry) {
        DataSet item = entry.item(Tags.ScheduledProcedureStepSequence);
        DataSet.Builder step = Dictionary.dataSet();
        STEP_KEYS.forEach(tag -> item.get(tag).ifPresentOrElse(step::put, () -> step.put(tag, "")));
        DataSet.Builder answer = Dictionary.dataSet();
        KEYS.forEach(tag -> entry.get(tag).ifPresentOrElse(answer::put, () -> answer.put(tag, "")));
        return answer.items(Tags.ScheduledProcedureStepSequence, step.build()).build();
    }
}
