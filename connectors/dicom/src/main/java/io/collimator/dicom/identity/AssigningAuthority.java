package io.collimator.dicom.identity;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An assigning authority (HD, HL7 v2.5.1 §2.A.33; HL7v2 Hierarchic Designator, PS3.3 §10.14). Two are the same when their
 * {@link #key() keys} are equal: a universal ID names it, and only without one does the namespace.
 *
 * @param namespace local name, at most {@value #MAX_NAMESPACE} characters, "" for none
 * @param universalId at most {@value #MAX_UNIVERSAL_ID} characters, "" for none
 * @param universalIdType of the universal ID in upper case, for instance ISO, at most {@value #MAX_TYPE} characters; an
 *     OID without type is ISO
 */
public record AssigningAuthority(String namespace, String universalId, String universalIdType) {

    /** DICOM LO, the VR of Issuer of Patient ID (0010,0021). */
    public static final int MAX_NAMESPACE = 64;

    /** HL7 v2.5.1 §2.A.33.2. */
    public static final int MAX_UNIVERSAL_ID = 199;

    /** DICOM CS, the VR of Universal Entity ID Type (0040,0033). */
    public static final int MAX_TYPE = 16;

    /** The longest key. */
    public static final int MAX_KEY = MAX_UNIVERSAL_ID + MAX_TYPE + 2;

    private static final Pattern CODE_STRING = Pattern.compile("[A-Z0-9 _]{0,16}");
    private static final String OID = "ISO";
    private static final char MARK = '&';

    /** @throws IllegalArgumentException when nothing is named, or something cannot be held */
    public AssigningAuthority {
        namespace = namespace.strip();
        universalId = universalId.strip();
        universalIdType = universalId.isEmpty() ? "" : universalIdType.strip().toUpperCase(Locale.ROOT);
        if (universalIdType.isEmpty() && isOid(universalId)) {
            universalIdType = OID;
        }
        if (namespace.isEmpty() && universalId.isEmpty()) {
            throw new IllegalArgumentException(
                    "An assigning authority names neither a namespace nor a universal ID; write one.");
        }
        check("namespace", namespace, MAX_NAMESPACE);
        check("universal ID", universalId, MAX_UNIVERSAL_ID);
        if (!CODE_STRING.matcher(universalIdType).matches()) {
            throw new IllegalArgumentException(
                    "The universal ID type of an assigning authority has %d characters or others than A to Z, 0 to 9, blank and underscore; DICOM CS allows 16 of those (PS3.5 §6.2)."
                            .formatted(universalIdType.length()));
        }
    }

    private static void check(String what, String text, int max) {
        if (text.length() > max || !isPlain(text)) {
            throw new IllegalArgumentException(
                    "The %s of an assigning authority has %d characters, a backslash or a control character; at most %d are allowed and neither of the others."
                            .formatted(what, text.length(), max));
        }
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
    }

    private static boolean isOid(String universalId) {
        return universalId.indexOf('.') > 0 && Uid.isValid(universalId);
    }

    /** Empty when nothing is named, or something cannot be held. */
    public static Optional<AssigningAuthority> of(String namespace, String universalId, String universalIdType) {
        if (namespace.isBlank() && universalId.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AssigningAuthority(namespace, universalId, universalIdType));
        } catch (IllegalArgumentException cannotBe) {
            return Optional.empty();
        }
    }

    /** As people and HL7 write it: {@code NORTH}, {@code NORTH&1.2.3&ISO} or {@code &1.2.3&ISO}. */
    public static Optional<AssigningAuthority> parse(String text) {
        String[] parts = text.strip().split(String.valueOf(MARK), -1);
        return parts.length > 3
                ? Optional.empty()
                : of(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }

    /** The authority with this key: with its namespace or its universal ID. */
    public static Optional<AssigningAuthority> ofKey(@Nullable String key) {
        if (key == null || key.isBlank()) {
            return Optional.empty();
        }
        int type = key.lastIndexOf(MARK);
        return key.charAt(0) == MARK && type > 0
                ? of("", key.substring(1, type), key.substring(type + 1))
                : of(key, "", "");
    }

    /** Who gave the Patient ID (0010,0020) of a data set: (0010,0021) and (0010,0024); empty when neither says it. */
    public static Optional<AssigningAuthority> ofPatient(DataSet dataSet) {
        DataSet qualifiers = dataSet.item(Tags.IssuerOfPatientIDQualifiersSequence);
        return of(
                dataSet.text(Tags.IssuerOfPatientID),
                qualifiers.text(Tags.UniversalEntityID),
                qualifiers.text(Tags.UniversalEntityIDType));
    }

    /** What the item of an issuer sequence says, for instance of (0008,0051), (0040,0026) or (0040,0027). */
    public static Optional<AssigningAuthority> ofIssuer(DataSet dataSet, Tag sequence) {
        DataSet item = dataSet.item(sequence);
        return of(
                item.text(Tags.LocalNamespaceEntityID),
                item.text(Tags.UniversalEntityID),
                item.text(Tags.UniversalEntityIDType));
    }

    /**
     * What is stored and compared: {@code &universal ID&type}, else the namespace. The letters of a universal ID that is no
     * OID do not differ by case.
     */
    public String key() {
        if (universalId.isEmpty()) {
            return namespace;
        }
        String folded = universalIdType.equals(OID) ? universalId : universalId.toLowerCase(Locale.ROOT);
        return MARK + folded + MARK + universalIdType;
    }

    /** Whether one is named by a universal ID and the other only by a namespace, so that neither is known to be the other. */
    public static boolean areComparable(String key, String otherKey) {
        return (key.charAt(0) == MARK) == (otherKey.charAt(0) == MARK);
    }

    /** The item of an issuer sequence. */
    public DataSet item() {
        DataSet.Builder item = Dictionary.dataSet();
        if (!namespace.isEmpty()) {
            item.put(Tags.LocalNamespaceEntityID, namespace);
        }
        return universal(item).build();
    }

    /** A data set with this as the issuer of its Patient ID; what else its qualifiers say stays. */
    public DataSet issuing(DataSet dataSet) {
        DataSet.Builder issued = Dictionary.dataSet(withoutIssuer(dataSet));
        if (!namespace.isEmpty()) {
            issued.put(Tags.IssuerOfPatientID, namespace);
        }
        DataSet qualifiers = universal(
                        Dictionary.dataSet(withoutUniversalId(dataSet.item(Tags.IssuerOfPatientIDQualifiersSequence))))
                .build();
        return (qualifiers.isEmpty() ? issued : issued.items(Tags.IssuerOfPatientIDQualifiersSequence, qualifiers))
                .build();
    }

    /** A data set that does not say who gave its Patient ID; what else its qualifiers say stays. */
    public static DataSet unissued(DataSet dataSet) {
        DataSet rest = withoutUniversalId(dataSet.item(Tags.IssuerOfPatientIDQualifiersSequence));
        DataSet without = withoutIssuer(dataSet);
        return rest.isEmpty()
                ? without
                : Dictionary.dataSet(without)
                        .items(Tags.IssuerOfPatientIDQualifiersSequence, rest)
                        .build();
    }

    private static DataSet withoutIssuer(DataSet dataSet) {
        return dataSet.without(Tags.IssuerOfPatientID).without(Tags.IssuerOfPatientIDQualifiersSequence);
    }

    private static DataSet withoutUniversalId(DataSet qualifiers) {
        return qualifiers.without(Tags.UniversalEntityID).without(Tags.UniversalEntityIDType);
    }

    private DataSet.Builder universal(DataSet.Builder item) {
        if (!universalId.isEmpty()) {
            item.put(Tags.UniversalEntityID, universalId);
            if (!universalIdType.isEmpty()) {
                item.put(Tags.UniversalEntityIDType, universalIdType);
            }
        }
        return item;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return universalId.isEmpty() ? namespace : namespace + MARK + universalId + MARK + universalIdType;
    }
}
