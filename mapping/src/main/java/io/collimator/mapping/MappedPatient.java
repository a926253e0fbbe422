package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import java.util.List;
import java.util.Optional;

/**
 * What a message says about one patient and visit.
 *
 * @param identifier the identifier that is used: of the configured authority, else typed MR, else the first
 * @param others the further ones of PID-3
 * @param prior MRG-1, chosen the same way: the number that is given up; empty where the event needs none
 * @param priorOthers the further ones of MRG-1
 * @param attributes of patient and visit, only what the message carries: a value, or zero length where it clears one
 * @param defaults what stands in where there is no value otherwise
 */
public record MappedPatient(
        PatientIdentifier identifier,
        List<PatientIdentifier> others,
        Optional<PatientIdentifier> prior,
        List<PatientIdentifier> priorOthers,
        DataSet attributes,
        DataSet defaults,
        Provenance provenance) {

    public MappedPatient {
        others = List.copyOf(others);
        priorOthers = List.copyOf(priorOthers);
    }

    /** Without values, which may be patient data. */
    @Override
    public String toString() {
        return "MappedPatient[" + identifier + " " + attributes + "]";
    }
}
