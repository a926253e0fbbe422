package io.collimator.workflow.patient;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Patient ID with its issuer (PS3.3 §C.2.1, HL7 CX.1 and CX.4). Case-sensitive; ordered by ID, then by issuer, none first.
 *
 * @param id 1 to 64 characters
 * @param issuer assigning authority, at most 64 characters, null when the source named none
 */
public record PatientId(String id, @Nullable String issuer) implements Comparable<PatientId> {

    /** DICOM LO, the VR of ID and issuer. */
    public static final int MAX_LENGTH = 64;

    private static final Comparator<PatientId> ORDER =
            Comparator.comparing(PatientId::id).thenComparing(PatientId::issuerOrEmpty);

    public PatientId {
        id = id.strip();
        if (id.isEmpty() || !isLongString(id)) {
            throw new IllegalArgumentException(
                    "PatientID has %d characters or a NUL; DICOM LO allows 1 to 64. Correct it at the source."
                            .formatted(id.length()));
        }
        issuer = issuer == null || issuer.isBlank() ? null : issuer.strip();
        if (issuer != null && !isLongString(issuer)) {
            throw new IllegalArgumentException(
                    "IssuerOfPatientID has %d characters or a NUL; DICOM LO allows 64. Correct it at the source."
                            .formatted(issuer.length()));
        }
    }

    /** Empty when there is no ID, or it or its issuer cannot be: for sources that are believed as they are. */
    public static Optional<PatientId> parse(String id, String issuer) {
        return !id.isBlank() && isLongString(id.strip()) && isLongString(issuer.strip())
                ? Optional.of(new PatientId(id, issuer))
                : Optional.empty();
    }

    private static boolean isLongString(String text) {
        return text.length() <= MAX_LENGTH && text.indexOf('\0') < 0;
    }

    /** The issuer as text, empty when the source named none. */
    public String issuerOrEmpty() {
        return issuer == null ? "" : issuer;
    }

    /** Whether both can be the same person: equal IDs, and equal issuers where both have one (contract, MPPS). */
    public boolean agreesWith(PatientId other) {
        return id.equals(other.id) && (issuer == null || other.issuer == null || issuer.equals(other.issuer));
    }

    /**
     * Which of the known numbers with this ID it means: the same one, else the only one when their issuers agree. Of several
     * it means none, for it could be any.
     */
    public Optional<PatientId> meantOf(Collection<PatientId> knownOfThisId) {
        if (knownOfThisId.contains(this)) {
            return Optional.of(this);
        }
        return knownOfThisId.size() == 1
                ? knownOfThisId.stream().filter(this::agreesWith).findFirst()
                : Optional.empty();
    }

    @Override
    public int compareTo(PatientId other) {
        return ORDER.compare(this, other);
    }

    /** Says nothing of the patient. */
    @Override
    public String toString() {
        return "PatientId[…]";
    }
}
