package io.collimator.workflow.patient;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A patient's number: Patient ID with who gave it (PS3.3 §C.2.1, HL7 CX.1 and CX.4). Two are one patient's when they are
 * equal, and only then; case-sensitive. Ordered by ID, then by issuer, none first.
 *
 * @param id 1 to 64 characters
 * @param issuer {@linkplain AssigningAuthority#key() key} of the assigning authority, null when the source named none
 */
public record PatientId(String id, @Nullable String issuer) implements Comparable<PatientId> {

    /** DICOM LO, the VR of the ID. */
    public static final int MAX_LENGTH = 64;

    private static final Comparator<PatientId> ORDER =
            Comparator.comparing(PatientId::id).thenComparing(PatientId::issuerOrEmpty);

    public PatientId {
        id = id.strip();
        if (id.isEmpty() || !isStorable(id, MAX_LENGTH)) {
            throw new IllegalArgumentException(
                    "PatientID has %d characters or a NUL; DICOM LO allows 1 to 64. Correct it at the source."
                            .formatted(id.length()));
        }
        issuer = issuer == null || issuer.isBlank() ? null : issuer.strip();
        if (issuer != null && !isStorable(issuer, AssigningAuthority.MAX_KEY)) {
            throw new IllegalArgumentException(
                    "The assigning authority of a PatientID has %d characters or a NUL; %d are allowed. Correct it at the source."
                            .formatted(issuer.length(), AssigningAuthority.MAX_KEY));
        }
    }

    /** Empty when there is no ID, or it or its issuer cannot be: for sources that are believed as they are. */
    public static Optional<PatientId> parse(String id, String issuer) {
        return !id.isBlank()
                        && isStorable(id.strip(), MAX_LENGTH)
                        && isStorable(issuer.strip(), AssigningAuthority.MAX_KEY)
                ? Optional.of(new PatientId(id, issuer))
                : Optional.empty();
    }

    /** The number in a data set: (0010,0020) with (0010,0021) and (0010,0024); empty when there is none that can be. */
    public static Optional<PatientId> in(DataSet dataSet) {
        return parse(
                dataSet.text(Tags.PatientID),
                AssigningAuthority.ofPatient(dataSet)
                        .map(AssigningAuthority::key)
                        .orElse(""));
    }

    private static boolean isStorable(String text, int maxLength) {
        return text.length() <= maxLength && text.indexOf('\0') < 0;
    }

    /** The issuer as text, empty when the source named none. */
    public String issuerOrEmpty() {
        return issuer == null ? "" : issuer;
    }

    /** Who gave it, empty when the source named nobody. */
    public Optional<AssigningAuthority> authority() {
        return AssigningAuthority.ofKey(issuer);
    }

    public PatientId withIssuer(@Nullable String newIssuer) {
        return new PatientId(id, newIssuer);
    }

    /**
     * Whether the IDs are equal and nobody can say whether their issuers are: one of them names none, or one names a
     * universal ID and the other only a namespace. Equal numbers are not in doubt.
     */
    public boolean isInDoubtWith(PatientId other) {
        return id.equals(other.id)
                && !Objects.equals(issuer, other.issuer)
                && (issuer == null || other.issuer == null || !AssigningAuthority.areComparable(issuer, other.issuer));
    }

    /** A data set with this number. How its issuer is written stays, where it is this one already. */
    public DataSet numbering(DataSet dataSet) {
        return issuing(Dictionary.dataSet(dataSet).put(Tags.PatientID, id).build());
    }

    /** A data set about this patient that does not bring the number, with its issuer. */
    public DataSet issuing(DataSet dataSet) {
        Optional<String> stated = AssigningAuthority.ofPatient(dataSet).map(AssigningAuthority::key);
        if (stated.equals(Optional.ofNullable(issuer))) {
            return dataSet;
        }
        return authority()
                .map(authority -> authority.issuing(dataSet))
                .orElseGet(() -> AssigningAuthority.unissued(dataSet));
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
