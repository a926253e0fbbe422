package io.collimator.simulators.modality;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.List;

/**
 * What a modality asks the worklist (PS3.4 Table K.6-1); an empty value matches everything. Values are sent as they are,
 * wildcards and ranges included.
 *
 * @param station Scheduled Station AE Title
 * @param date Scheduled Procedure Step Start Date, {@code yyyyMMdd} or a range
 */
public record WorklistQuery(
        String station, String date, String modality, String patientName, String patientId, String accessionNumber) {

    private static final List<Tag> RETURN_KEYS = List.of(
            Tags.ReferringPhysicianName,
            Tags.ReferencedStudySequence,
            Tags.ReferencedPatientSequence,
            Tags.IssuerOfPatientID,
            Tags.PatientBirthDate,
            Tags.PatientSex,
            Tags.PatientWeight,
            Tags.MedicalAlerts,
            Tags.Allergies,
            Tags.PregnancyStatus,
            Tags.SpecialNeeds,
            Tags.PatientState,
            Tags.StudyInstanceUID,
            Tags.RequestingPhysician,
            Tags.RequestedProcedureDescription,
            Tags.RequestedProcedureCodeSequence,
            Tags.AdmissionID,
            Tags.CurrentPatientLocation,
            Tags.RequestedProcedureID,
            Tags.RequestedProcedurePriority,
            Tags.PatientTransportArrangements);

    private static final List<Tag> STEP_RETURN_KEYS = List.of(
            Tags.ScheduledProcedureStepStartTime,
            Tags.ScheduledPerformingPhysicianName,
            Tags.ScheduledProcedureStepDescription,
            Tags.ScheduledProtocolCodeSequence,
            Tags.ScheduledProcedureStepID,
            Tags.ScheduledStationName,
            Tags.ScheduledProcedureStepLocation,
            Tags.PreMedication,
            Tags.RequestedContrastAgent);

    /** A query without a condition; the {@code with} methods add some. */
    public static WorklistQuery everything() {
        return new WorklistQuery("", "", "", "", "", "");
    }

    public WorklistQuery withStation(String value) {
        return new WorklistQuery(value, date, modality, patientName, patientId, accessionNumber);
    }

    public WorklistQuery withDate(String value) {
        return new WorklistQuery(station, value, modality, patientName, patientId, accessionNumber);
    }

    public WorklistQuery withModality(String value) {
        return new WorklistQuery(station, date, value, patientName, patientId, accessionNumber);
    }

    public WorklistQuery withPatientName(String value) {
        return new WorklistQuery(station, date, modality, value, patientId, accessionNumber);
    }

    public WorklistQuery withPatientId(String value) {
        return new WorklistQuery(station, date, modality, patientName, value, accessionNumber);
    }

    public WorklistQuery withAccessionNumber(String value) {
        return new WorklistQuery(station, date, modality, patientName, patientId, value);
    }

    /** The identifier of the C-FIND; it declares that this modality reads UTF-8. */
    public DataSet toDataSet() {
        DataSet.Builder step = Dictionary.dataSet();
        STEP_RETURN_KEYS.forEach(key -> step.put(key));
        put(step, Tags.ScheduledStationAETitle, station);
        put(step, Tags.ScheduledProcedureStepStartDate, date);
        put(step, Tags.Modality, modality);
        DataSet.Builder query = Dictionary.dataSet();
        RETURN_KEYS.forEach(key -> query.put(key));
        put(query, Tags.PatientName, patientName);
        put(query, Tags.PatientID, patientId);
        put(query, Tags.AccessionNumber, accessionNumber);
        return query.put(Tags.SpecificCharacterSet, "ISO_IR 192")
                .items(Tags.ScheduledProcedureStepSequence, step.build())
                .build();
    }

    private static void put(DataSet.Builder builder, Tag tag, String value) {
        if (value.isEmpty()) {
            builder.put(tag);
        } else {
            builder.put(tag, value.split("\\\\", -1));
        }
    }
}
