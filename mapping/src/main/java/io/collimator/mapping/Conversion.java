package io.collimator.mapping;

import io.collimator.dicom.data.Vr;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The closed set of conversions that a rule may name; each fits certain VRs. */
enum Conversion {
    /** Text as it is. */
    TEXT(Texts::plain, Vr.LO, Vr.SH, Vr.ST, Vr.LT, Vr.UT, Vr.UC),
    /** All components, joined by a circumflex. */
    JOINED(Texts::joined, Vr.LO, Vr.SH, Vr.ST, Vr.LT, Vr.UT),
    /** A value for each text; one that is too long becomes several, none is cut. */
    VALUES(Texts::values, Vr.LO),
    /** Like {@link #VALUES}, of the text of coded entries, else their codes. */
    CODE_VALUES(Texts::codeValues, Vr.LO),
    /** Several texts, one line each. */
    NOTES(Texts::lines, Vr.LT, Vr.ST, Vr.UT),
    /** The text of a coded entry, else its code. */
    CODE_TEXT(Texts::ofCode, Vr.LO, Vr.SH, Vr.ST, Vr.LT, Vr.UT),
    /** Upper case; what is no code string is left out as a whole, or refused where it is needed. */
    CODE_STRING(CodeStrings::convert, Vr.CS),
    /** A whole number. */
    INTEGER(Numbers::integer, Vr.US, Vr.IS, Vr.UL),
    /** A decimal number. */
    DECIMAL(Numbers::decimal, Vr.DS),
    /** Observation value with unit, in kilograms. */
    WEIGHT(Numbers::kilograms, Vr.DS),
    /** Observation value with unit, in metres. */
    HEIGHT(Numbers::metres, Vr.DS),
    /** An identifier: never cut, never changed; refused when DICOM cannot hold it. */
    KEY(Keys::key, Vr.LO, Vr.SH),
    /** A UID: refused when it is none. */
    UID(Keys::uid, Vr.UI),
    /** An AE title: refused when it is none. */
    AE_TITLE(Keys::aeTitle, Vr.AE),
    /** Extended person name, XPN. */
    NAME_XPN(PersonNames::xpn, Vr.PN),
    /** Person with identifier first, XCN. */
    NAME_XCN(PersonNames::xcn, Vr.PN),
    /** Person in the subcomponents of a component, CNN. */
    NAME_CNN(PersonNames::cnn, Vr.PN),
    /** Extended person names, XPN, a value for each. */
    NAMES_XPN(PersonNames::xpnValues, Vr.PN),
    /** Persons with identifier first, XCN, a value for each. */
    NAMES_XCN(PersonNames::xcnValues, Vr.PN),
    /** A telephone number, XTN. */
    PHONE(Texts::phone, Vr.SH, Vr.LO),
    /** The first eight digits, as written. */
    DATE(Times::dateAsWritten, Vr.DA),
    /** The time of day, as written. */
    TIME(Times::timeAsWritten, Vr.TM),
    /** The date in our zone. */
    LOCAL_DATE(Times::localDate, Vr.DA),
    /** The time of day in our zone. */
    LOCAL_TIME(Times::localTime, Vr.TM),
    /** Like {@link #LOCAL_DATE}; refused when it is no time. */
    START_DATE(Times::startDate, Vr.DA),
    /** Like {@link #LOCAL_TIME}; refused when it is no time, cleared when there is a date alone. */
    START_TIME(Times::startTime, Vr.TM),
    /** The date of a time, or of a number of minutes after the step's start. */
    END_DATE(Times::localDate, Vr.DA),
    /** The time of day of a time, or of a number of minutes after the step's start. */
    END_TIME(Times::localTime, Vr.TM),
    /** Coded entry, CE or CWE, from the named component on. */
    CODE(Sequences::codes, Vr.SQ),
    /** Namespace and universal ID of an entity identifier, EI. */
    ISSUER_EI(Sequences::issuerOfEntity, Vr.SQ),
    /** Namespace and universal ID in the subcomponents of a component, HD. */
    ISSUER_HD(Sequences::issuerInSubcomponents, Vr.SQ),
    /** Universal ID and type of a patient identifier, CX. */
    PATIENT_ID_QUALIFIERS(Sequences::patientIdQualifiers, Vr.SQ),
    /** Patient identifiers, CX. */
    OTHER_PATIENT_IDS(Sequences::otherPatientIds, Vr.SQ),
    /** The identifiers of persons, XCN. */
    PERSON_ID(Sequences::personIds, Vr.SQ),
    /** The identifier of a person in the subcomponents of a component, CNN. */
    PERSON_ID_CNN(Sequences::personIdInSubcomponents, Vr.SQ);

    /** Makes a value of the repetitions that a source names; none of them is absent, not all are cleared. */
    @FunctionalInterface
    interface Converter {
        Produced convert(List<SourceValue> sources, RuleContext context);
    }

    private final Converter converter;
    private final Set<Vr> representations;

    Conversion(Converter converter, Vr... representations) {
        this.converter = converter;
        this.representations = Set.of(representations);
    }

    /** As rules spell it: {@code code-string}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Conversion> of(String label) {
        return Arrays.stream(values())
                .filter(conversion -> conversion.label().equals(label))
                .findFirst();
    }

    /** The names that a rule for an attribute of this VR may use. */
    static String labelsFor(Vr vr) {
        return Arrays.stream(values())
                .filter(conversion -> conversion.fits(vr))
                .map(Conversion::label)
                .collect(Collectors.joining(", "));
    }

    /** Whether it makes something of each of several sources, not of the first alone. */
    boolean isOfSeveral() {
        return switch (this) {
            case DECIMAL,
                    WEIGHT,
                    HEIGHT,
                    NAME_XCN,
                    NAME_CNN,
                    DATE,
                    TIME,
                    LOCAL_DATE,
                    LOCAL_TIME,
                    START_DATE,
                    START_TIME,
                    END_DATE,
                    END_TIME,
                    ISSUER_EI,
                    ISSUER_HD,
                    PATIENT_ID_QUALIFIERS,
                    PERSON_ID_CNN -> false;
            default -> true;
        };
    }

    /** Whether it knows the components of a data type; others take the first. */
    private boolean isOfComponents() {
        return switch (this) {
            case JOINED,
                    CODE_TEXT,
                    CODE_VALUES,
                    CODE,
                    NAME_XPN,
                    NAME_XCN,
                    NAME_CNN,
                    NAMES_XPN,
                    NAMES_XCN,
                    PHONE,
                    ISSUER_EI,
                    ISSUER_HD,
                    PATIENT_ID_QUALIFIERS,
                    OTHER_PATIENT_IDS,
                    PERSON_ID,
                    PERSON_ID_CNN -> true;
            default -> false;
        };
    }

    /** Whether nothing of a repetition is left, whatever its components. */
    boolean takesAllOf(SourceValue source) {
        return this == JOINED
                || this == CODE
                || (source.isText()
                        && (this == TEXT
                                || this == VALUES
                                || this == NOTES
                                || this == CODE_TEXT
                                || this == CODE_VALUES));
    }

    /** Whether the components after the first of a simple value are lost on it. */
    boolean losesComponentsOf(SourceValue source) {
        String type = source.segment().type(source.field());
        boolean isSimple = source.isText() || type.isEmpty() || type.equals("NM") || type.equals("SI");
        return source.component() == 0 && isSimple && !isOfComponents() && !takesAllOf(source);
    }

    /**
     * Whether a field that was sent and of which it makes nothing still speaks of the attribute, so that an older value goes.
     * A number keeps who gave it, a date its time and an end its start.
     */
    boolean clearsWhatItCannotMake() {
        return switch (this) {
            case KEY,
                    UID,
                    AE_TITLE,
                    ISSUER_EI,
                    ISSUER_HD,
                    PATIENT_ID_QUALIFIERS,
                    OTHER_PATIENT_IDS,
                    PERSON_ID,
                    PERSON_ID_CNN,
                    TIME,
                    LOCAL_TIME,
                    END_DATE,
                    END_TIME -> false;
            default -> true;
        };
    }

    boolean fits(Vr vr) {
        return representations.contains(vr);
    }

    /** Identifiers go as they are or not at all. */
    boolean isKey() {
        return this == KEY || this == UID || this == AE_TITLE;
    }

    Produced convert(List<SourceValue> sources, RuleContext context) {
        return converter.convert(sources, context);
    }
}
