package io.collimator.simulators.modality;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;

/** An entry of the worklist as the modality got it. */
public record WorklistItem(DataSet dataSet) {

    public String accessionNumber() {
        return dataSet.text(Tags.AccessionNumber);
    }

    public String patientId() {
        return dataSet.text(Tags.PatientID);
    }

    public String patientName() {
        return dataSet.text(Tags.PatientName);
    }

    public String studyInstanceUid() {
        return dataSet.text(Tags.StudyInstanceUID);
    }

    /** The one item of the Scheduled Procedure Step Sequence. */
    public DataSet step() {
        return dataSet.item(Tags.ScheduledProcedureStepSequence);
    }

    public String stepId() {
        return step().text(Tags.ScheduledProcedureStepID);
    }

    public String modality() {
        return step().text(Tags.Modality);
    }

    public String stationAeTitle() {
        return step().text(Tags.ScheduledStationAETitle);
    }

    /** Accession and step only: the rest is about the patient. */
    @Override
    public String toString() {
        return "WorklistItem[" + accessionNumber() + " " + stepId() + "]";
    }
}
