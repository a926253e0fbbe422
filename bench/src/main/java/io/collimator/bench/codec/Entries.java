package io.collimator.bench.codec;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;

/** A worklist entry as modalities get it: the 22 attributes of {@code bench/run worklist}, one of them with an umlaut. */
final class Entries {

    private Entries() {}

    static DataSet worklistEntry() {
        DataSet code = Dictionary.dataSet()
                .put(Tags.CodeValue, "CTHEAD")
                .put(Tags.CodingSchemeDesignator, "99NORTH")
                .put(Tags.CodeMeaning, "CT HEAD WITHOUT CONTRAST")
                .build();
        DataSet step = Dictionary.dataSet()
                .put(Tags.Modality, "CT")
                .put(Tags.ScheduledStationAETitle, "CT1")
                .put(Tags.ScheduledProcedureStepStartDate, "20261122")
                .put(Tags.ScheduledProcedureStepStartTime, "103000")
                .put(Tags.ScheduledPerformingPhysicianName, "HOLM^ERIK^^^DR")
                .put(Tags.ScheduledProcedureStepDescription, "CT HEAD ROUTINE")
                .put(Tags.ScheduledProcedureStepID, "SPS240012")
                .put(Tags.ScheduledProcedureStepStatus, "SCHEDULED")
                .items(Tags.ScheduledProtocolCodeSequence, code)
                .build();
        return Dictionary.dataSet()
                .put(Tags.SpecificCharacterSet, "ISO_IR 100")
                .put(Tags.AccessionNumber, "ACC240012")
                .put(Tags.ReferringPhysicianName, "SANDE^KARI^^^DR")
                .put(Tags.PatientName, "LINDQVIST^ÅSA^MARIA^^MS")
                .put(Tags.PatientID, "PID-7001")
                .put(Tags.IssuerOfPatientID, "NORTH")
                .put(Tags.PatientBirthDate, "19740312")
                .put(Tags.PatientSex, "F")
                .put(Tags.PatientWeight, "68.5")
                .put(Tags.MedicalAlerts, "PACEMAKER")
                .put(Tags.Allergies, "ASPIRIN")
                .put(Tags.StudyInstanceUID, "1.2.276.0.76.3.1.99.4.240012")
                .put(Tags.RequestedProcedureDescription, "CT HEAD WITHOUT CONTRAST")
                .items(Tags.RequestedProcedureCodeSequence, code)
                .put(Tags.AdmissionID, "V-88012")
                .put(Tags.CurrentPatientLocation, "WARD 4^12^B")
                .items(Tags.ScheduledProcedureStepSequence, step)
                .put(Tags.RequestedProcedureID, "RP240012")
                .put(Tags.RequestedProcedurePriority, "ROUTINE")
                .put(Tags.PlacerOrderNumberImagingServiceRequest, "ORD-40012")
                .put(Tags.FillerOrderNumberImagingServiceRequest, "FIL-90012")
                .build();
    }
}
