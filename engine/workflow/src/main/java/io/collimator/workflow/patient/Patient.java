package io.collimator.workflow.patient;

/**
 * The demographics that the accession shows.
 *
 * @param name Patient's Name (0010,0010) as DICOM PN, empty when unknown
 * @param birthDate (0010,0030) as YYYYMMDD, empty when unknown
 * @param sex (0010,0040): M, F, O or empty
 */
public record Patient(PatientId id, String name, String birthDate, String sex) {

    /** Says nothing of the patient. */
    @Override
    public String toString() {
        return "Patient[…]";
    }
}
