package io.collimator.workflow.patient;

import org.jspecify.annotations.Nullable;

/**
 * Patient ID with its issuer (PS3.3 §C.2.1, HL7 CX.1 and CX.4). Case-sensitive.
 *
 * @param id 1 to 64 characters
 * @param issuer assigning authority, null when the source named none
 */
public record PatientId(String id, @Nullable String issuer) {

    private static final int MAX_LENGTH = 64;

    public PatientId {
        id = id.strip();
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "PatientID has %d characters; DICOM LO allows 1 to 64. Correct it at the source."
                            .formatted(id.length()));
        }
        issuer = issuer == null || issuer.isBlank() ? null : issuer.strip();
    }

    /** Whether both can be the same person: equal IDs, and equal issuers where both have one (contract, MPPS). */
    public boolean agreesWith(PatientId other) {
        return id.equals(other.id) && (issuer == null || other.issuer == null || issuer.equals(other.issuer));
    }

    /** Says nothing of the patient. */
    @Override
    public String toString() {
        return "PatientId[…]";
    }
}
