package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.hl7.outcome.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Conversions to items of sequences (PS3.3 §8.8, §10.14, §10.1). */
final class Sequences {

    /** The designator where the sender names no coding scheme: a private one (PS3.16 §8.2). */
    static final String LOCAL_SCHEME = "99LOCAL";

    /** Names of table 0396 that DICOM spells otherwise. */
    private static final Map<String, String> SCHEMES =
            Map.of("", LOCAL_SCHEME, "L", LOCAL_SCHEME, "SNM3", "SRT", "SNM", "SRT");

    private static final int ALTERNATE = 3;
    private static final int CX_AUTHORITY = 4;
    private static final int CX_TYPE = 5;
    private static final int XCN_AUTHORITY = 9;
    private static final int CNN_AUTHORITY = 9;
    private static final Pattern CARETS = Pattern.compile("\\^+");

    private Sequences() {}

    static Produced codes(List<SourceValue> sources, RuleContext context) {
        return Produced.items(sources.stream()
                .flatMap(source -> code(source, context).stream())
                .toList());
    }

    /** The triple at the named component; the alternate one where no component is named and the first has no code. */
    private static Optional<DataSet> code(SourceValue source, RuleContext context) {
        int start = Math.max(1, source.component());
        if (part(source, start).isEmpty() && source.component() == 0) {
            start += ALTERNATE;
        }
        String value = part(source, start);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        // CWE.7 is the version of the first triple, CWE.8 of the alternate one
        String version = part(source, start == 1 ? 7 : 8);
        String scheme = part(source, start + 2);
        String meaning = part(source, start + 1);
        if (isOver(meaning, Vr.LO) || isOver(scheme, Vr.SH) || isOver(version, Vr.SH)) {
            context.warn(
                    MappingWarning.Kind.CUT,
                    source,
                    "a text, scheme or version of %s is cut: DICOM allows 64, 16 and 16 characters."
                            .formatted(context.target().keyword()));
        }
        return Optional.of(codeItem(value, scheme, meaning, version));
    }

    private static boolean isOver(String text, Vr vr) {
        return text.codePointCount(0, text.length()) > vr.maxLength();
    }

    static DataSet codeItem(String value, String scheme, String meaning, String version) {
        DataSet.Builder item = Dictionary.dataSet();
        if (value.length() <= Vr.SH.maxLength()) {
            item.put(Tags.CodeValue, value);
        } else {
            item.put(Tags.LongCodeValue, value);
        }
        item.put(Tags.CodingSchemeDesignator, limited(SCHEMES.getOrDefault(scheme, scheme), Vr.SH));
        if (!version.isEmpty()) {
            item.put(Tags.CodingSchemeVersion, limited(version, Vr.SH));
        }
        item.put(Tags.CodeMeaning, Texts.shortened(meaning.isEmpty() ? value : meaning, Vr.LO));
        return item.build();
    }

    static Produced issuerOfEntity(List<SourceValue> sources, RuleContext context) {
        SourceValue source = sources.get(0);
        // EI.2 is a name alone; who writes an HD into it means its first part
        String namespace = oneLine(source.segment()
                .value(source.field(), source.repetition(), 2, 1)
                .orEmpty());
        return issuer(List.of(namespace, part(source, 3), part(source, 4)), source, context);
    }

    static Produced issuerInSubcomponents(List<SourceValue> sources, RuleContext context) {
        SourceValue source = sources.get(0);
        return issuer(List.of(subpart(source, 1), subpart(source, 2), subpart(source, 3)), source, context);
    }

    /** HL7v2 Hierarchic Designator (PS3.3 §10.14): namespace, universal ID with its type, or all three. */
    private static Produced issuer(List<String> designator, SourceValue source, RuleContext context) {
        return authority(designator, source, context)
                .<Produced>map(authority -> new Produced.Items(List.of(authority.item())))
                .orElseGet(Produced.Absent::new);
    }

    /** Empty when none is named; one that cannot be held would make the number somebody else's. */
    private static Optional<AssigningAuthority> authority(
            List<String> designator, SourceValue source, RuleContext context) {
        Optional<AssigningAuthority> authority =
                AssigningAuthority.of(designator.get(0), designator.get(1), designator.get(2));
        if (authority.isEmpty()
                && !(designator.get(0).isEmpty() && designator.get(1).isEmpty())) {
            throw context.refusal(
                    ErrorCode.DATA_TYPE_ERROR,
                    source,
                    "names an assigning authority that cannot be held: at most %d characters for the namespace, %d for the universal ID and %d for its type. It is never cut: send a shorter one."
                            .formatted(
                                    AssigningAuthority.MAX_NAMESPACE,
                                    AssigningAuthority.MAX_UNIVERSAL_ID,
                                    AssigningAuthority.MAX_TYPE));
        }
        return authority;
    }

    static Produced patientIdQualifiers(List<SourceValue> sources, RuleContext context) {
        SourceValue identifier = sources.get(0);
        DataSet qualifiers = qualifiers(
                identifier,
                authority(
                        List.of(authority(identifier, 1), authority(identifier, 2), authority(identifier, 3)),
                        identifier,
                        context),
                context);
        return qualifiers.isEmpty() ? new Produced.Absent() : new Produced.Items(List.of(qualifiers));
    }

    private static DataSet qualifiers(
            SourceValue identifier, Optional<AssigningAuthority> issuer, RuleContext context) {
        DataSet.Builder item = Dictionary.dataSet();
        issuer.filter(authority -> !authority.universalId().isEmpty()).ifPresent(authority -> {
            item.put(Tags.UniversalEntityID, authority.universalId());
            if (!authority.universalIdType().isEmpty()) {
                item.put(Tags.UniversalEntityIDType, authority.universalIdType());
            }
        });
        String identifierType = part(identifier, CX_TYPE);
        if (!identifierType.isEmpty()) {
            CodeStrings.of(identifierType)
                    .ifPresentOrElse(
                            code -> item.put(Tags.IdentifierTypeCode, code),
                            () -> context.warn(
                                    MappingWarning.Kind.INVALID_CODE,
                                    identifier,
                                    "the identifier type is not %s; it is left out.".formatted(CodeStrings.FORM)));
        }
        return item.build();
    }

    static Produced otherPatientIds(List<SourceValue> sources, RuleContext context) {
        return Produced.items(sources.stream()
                .filter(source -> !part(source, 1).isEmpty())
                .filter(source -> fits(source, context))
                .map(source -> otherPatientId(source, context))
                .toList());
    }

    private static boolean fits(SourceValue identifier, RuleContext context) {
        boolean isWhole = Keys.isWhole(identifier.component(1).orEmpty().strip());
        boolean isNamed =
                !authority(identifier, 1).isEmpty() || !authority(identifier, 2).isEmpty();
        boolean fits = part(identifier, 1).length() <= Vr.LO.maxLength()
                && (!isNamed || issuer(identifier).isPresent());
        if (!isWhole) {
            context.warn(
                    MappingWarning.Kind.LEFT_OUT,
                    identifier,
                    "a further patient ID holds a backslash or a control character; it is left out.");
        } else if (!fits) {
            context.warn(
                    MappingWarning.Kind.LEFT_OUT,
                    identifier,
                    "a further patient ID has over %d characters, or an assigning authority that cannot be held; it is left out."
                            .formatted(Vr.LO.maxLength()));
        }
        return isWhole && fits;
    }

    private static DataSet otherPatientId(SourceValue identifier, RuleContext context) {
        DataSet.Builder item =
                Dictionary.dataSet().put(Tags.PatientID, part(identifier, 1)).put(Tags.TypeOfPatientID, "TEXT");
        DataSet qualifiers = qualifiers(identifier, Optional.empty(), context);
        if (!qualifiers.isEmpty()) {
            item.items(Tags.IssuerOfPatientIDQualifiersSequence, qualifiers);
        }
        return issuer(identifier).map(issuer -> issuer.issuing(item.build())).orElseGet(item::build);
    }

    private static Optional<AssigningAuthority> issuer(SourceValue identifier) {
        return AssigningAuthority.of(authority(identifier, 1), authority(identifier, 2), authority(identifier, 3));
    }

    /** Person Identification (PS3.3 §10.1): the identifier as a code, its authority as the scheme. */
    static Produced personIds(List<SourceValue> sources, RuleContext context) {
        return Produced.items(sources.stream()
                .flatMap(source -> {
                    String name =
                            PersonNames.group(part -> source.component(part + 1).orEmpty(), source, context);
                    return person(part(source, 1), part(source, XCN_AUTHORITY), name).stream();
                })
                .toList());
    }

    static Produced personIdInSubcomponents(List<SourceValue> sources, RuleContext context) {
        SourceValue source = sources.get(0);
        String name = PersonNames.group(part -> source.subcomponent(part + 1).orEmpty(), source, context);
        return Produced.items(person(subpart(source, 1), subpart(source, CNN_AUTHORITY), name).stream()
                .toList());
    }

    private static Optional<DataSet> person(String id, String authority, String name) {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        DataSet code =
                codeItem(id, authority, CARETS.matcher(name).replaceAll(" ").strip(), "");
        return Optional.of(Dictionary.dataSet()
                .items(Tags.PersonIdentificationCodeSequence, code)
                .build());
    }

    private static String authority(SourceValue identifier, int subcomponent) {
        return oneLine(identifier
                .segment()
                .value(identifier.field(), identifier.repetition(), CX_AUTHORITY, subcomponent)
                .orEmpty());
    }

    private static String part(SourceValue source, int component) {
        return oneLine(source.component(component).orEmpty());
    }

    private static String subpart(SourceValue source, int subcomponent) {
        return oneLine(source.subcomponent(subcomponent).orEmpty());
    }

    private static String oneLine(String text) {
        return text.isEmpty() ? text : Texts.oneLine(text);
    }

    private static String limited(String text, Vr vr) {
        return text.codePointCount(0, text.length()) <= vr.maxLength()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, vr.maxLength())).stripTrailing();
    }
}
