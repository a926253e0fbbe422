package io.collimator.simulators.modality;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;

/** Why a step was discontinued: codes of CID 9300, scheme DCM (PS3.16). */
public enum DiscontinuationReason {
    DOCTOR_CANCELLED("110500", "Doctor canceled procedure"),
    EQUIPMENT_FAILURE("110501", "Equipment failure"),
    PATIENT_REFUSED("110505", "Patient refused to continue procedure"),
    UNSPECIFIED("110513", "Discontinued for unspecified reason"),
    INCORRECT_WORKLIST_ENTRY("110514", "Incorrect worklist entry selected");

    private final String code;
    private final String meaning;

    DiscontinuationReason(String code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    DataSet toDataSet() {
        return Dictionary.dataSet()
                .put(Tags.CodeValue, code)
                .put(Tags.CodingSchemeDesignator, "DCM")
                .put(Tags.CodeMeaning, meaning)
                .build();
    }
}
