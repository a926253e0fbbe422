package io.collimator.dicom.charset;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The character set of a data set (PS3.3 §C.12.1.1.2, PS3.5 §6.1), with code extensions (ISO 2022) where several are
 * declared, under the defined terms and the misspellings that modalities send.
 *
 * <p>Decoding never fails, because text must not cost an order: bytes that the declared set does not have, and sets
 * that are not known, are read as ISO 8859-1, which leaves ASCII as it is. Encoding never puts a {@code ?} for a
 * character, because a wrong name is worse than an error: it throws. Immutable.
 */
public final class SpecificCharacterSet {

    /** Nothing declared: ISO-IR 6, 7-bit. */
    public static final SpecificCharacterSet ASCII = ofSets(List.of(CodedCharacterSet.IR_6));

    /** ISO_IR 100, Latin alphabet No. 1. */
    public static final SpecificCharacterSet LATIN_1 = ofSets(List.of(CodedCharacterSet.IR_100));

    /** ISO_IR 192, Unicode in UTF-8. */
    public static final SpecificCharacterSet UTF_8 = ofWhole(CharacterSetTerms.UTF_8);

    private final List<String> terms;
    /** Empty when one charset is the whole of it. */
    private final List<CodedCharacterSet> sets;

    private final Charset charset;
    private final boolean known;

    private SpecificCharacterSet(List<String> terms, List<CodedCharacterSet> sets, Charset charset, boolean known) {
        this.terms = List.copyOf(terms);
        this.sets = List.copyOf(sets);
        this.charset = charset;
        this.known = known;
    }

    private static SpecificCharacterSet ofSets(List<CodedCharacterSet> sets) {
        return new SpecificCharacterSet(
                CharacterSetTerms.termsOf(sets), sets, sets.get(0).charset(), true);
    }

    private static SpecificCharacterSet ofWhole(CharacterSetTerms.Whole whole) {
        return new SpecificCharacterSet(List.of(whole.term()), List.of(), whole.charset(), true);
    }

    /** The set that (0008,0005) of the data set declares, {@link #ASCII} when it does not. */
    public static SpecificCharacterSet of(DataSet dataSet) {
        return of(dataSet.texts(Tags.SpecificCharacterSet));
    }

    /**
     * The set of the values of (0008,0005). ISO_IR 192, GB18030 and GBK, which cannot be extended, win over others beside
     * them. Where a term is not known the set is one that decodes as ISO 8859-1 and encodes ASCII only, or what the
     * known terms beside it say.
     */
    public static SpecificCharacterSet of(List<String> terms) {
        if (terms.stream().allMatch(String::isBlank)) {
            return ASCII;
        }
        for (String term : terms) {
            Optional<CharacterSetTerms.Whole> whole = CharacterSetTerms.whole(term);
            if (whole.isPresent()) {
                return whole.get().equals(CharacterSetTerms.UTF_8) ? UTF_8 : ofWhole(whole.get());
            }
        }
        boolean allKnown =
                terms.stream().allMatch(term -> CharacterSetTerms.coded(term).isPresent());
        List<CodedCharacterSet> sets = CharacterSetTerms.codedSets(terms);
        if (allKnown) {
            return sets.equals(List.of(CodedCharacterSet.IR_100)) ? LATIN_1 : ofSets(sets);
        }
        return new SpecificCharacterSet(terms, sets, sets.get(0).charset(), false);
    }

    /**
     * The set of one defined term, or several with a backslash between them; empty when one is not known: to check what a
     * person configured.
     */
    public static Optional<SpecificCharacterSet> ofTerm(String term) {
        return Optional.of(of(List.of(term.split("\\\\", -1)))).filter(SpecificCharacterSet::isKnown);
    }

    /**
     * The answer with (0008,0005) as its text needs: absent when all text is ASCII, else the preferred set when it
     * has every character, else ISO_IR 192. Declarations within items give way to the one of the answer.
     *
     * @param preferred what the peer reads, usually the set of its query; {@link #ASCII} when it named none
     */
    public static DataSet declareFor(DataSet answer, SpecificCharacterSet preferred) {
        DataSet bare = withoutDeclarations(answer);
        if (canEncode(ASCII, bare)) {
            return bare;
        }
        SpecificCharacterSet chosen = canEncode(preferred, bare) ? preferred : UTF_8;
        return bare.with(new Element(Tags.SpecificCharacterSet, Vr.CS, new Value.Text(chosen.terms)));
    }

    /** The defined terms, as (0008,0005) holds them; none for {@link #ASCII}. */
    public List<String> terms() {
        return terms;
    }

    /** Whether the values of (0008,0005) are defined terms in a combination that the standard allows. */
    public static boolean isWellNamed(List<String> terms) {
        List<String> plain = new ArrayList<>(terms);
        if (terms.size() > 1 && terms.get(0).equals("ISO 2022 IR 6")) {
            plain.set(0, "");
        }
        SpecificCharacterSet set = of(terms);
        return set.known && set.terms.equals(plain);
    }

    /** Whether all of the terms are ones that we know. */
    public boolean isKnown() {
        return known;
    }

    /**
     * The text of a value field, delimiters included: a backslash in it separates values where the VR has several, however
     * many bytes of that value stand inside characters (PS3.5 §6.1.2.5). Never fails.
     */
    public DecodedText decode(byte[] field, Vr vr) {
        if (isPlain(field)) {
            return new DecodedText(new String(field, StandardCharsets.ISO_8859_1), true);
        }
        if (!sets.isEmpty() && (sets.size() > 1 || hasEscape(field))) {
            return new Iso2022Decoder(sets, field, vr).decode();
        }
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(field))
                    .toString();
            return new DecodedText(text, true);
        } catch (CharacterCodingException notOfThisSet) {
            return new DecodedText(new String(field, StandardCharsets.ISO_8859_1), false);
        }
    }

    /** Whether the set has every character of the text. */
    public boolean canEncode(String text) {
        if (isAscii(text) && (sets.isEmpty() || text.indexOf(Delimiters.ESC) < 0)) {
            return true;
        }
        return sets.isEmpty() ? charset.newEncoder().canEncode(text) : new Iso2022Encoder(sets).canEncode(text);
    }

    /**
     * The bytes of a value field.
     *
     * @param text values with backslashes between them
     * @throws DicomDataException when the set does not have one of its characters
     */
    public byte[] encode(String text, Vr vr) {
        boolean ascii = isAscii(text);
        if (ascii && (sets.isEmpty() || text.indexOf(Delimiters.ESC) < 0)) {
            return text.getBytes(charset);
        }
        if (!canEncode(text)) {
            throw new DicomDataException(
                    "The text has a character that %s does not have; declare a Specific Character Set (0008,0005) that has it, for instance ISO_IR 192."
                            .formatted(this));
        }
        return sets.isEmpty() || ascii ? text.getBytes(charset) : new Iso2022Encoder(sets).encode(text, vr);
    }

    /** ASCII without escape sequences: the same in every set. */
    private static boolean isPlain(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0 || b == Delimiters.ESC) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasEscape(byte[] bytes) {
        for (byte b : bytes) {
            if (b == Delimiters.ESC) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static boolean canEncode(SpecificCharacterSet set, DataSet dataSet) {
        for (Element element : dataSet) {
            if (element.value() instanceof Value.Items items) {
                for (DataSet item : items.values()) {
                    if (!canEncode(set, item)) {
                        return false;
                    }
                }
            } else if (element.vr().isCharacterSetAffected() && element.value() instanceof Value.Text text) {
                for (String value : text.values()) {
                    if (!set.canEncode(value)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean declares(DataSet dataSet) {
        if (dataSet.contains(Tags.SpecificCharacterSet)) {
            return true;
        }
        for (Element element : dataSet) {
            if (element.value() instanceof Value.Items items) {
                for (DataSet item : items.values()) {
                    if (declares(item)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static DataSet withoutDeclarations(DataSet dataSet) {
        if (!declares(dataSet)) {
            return dataSet;
        }
        List<Element> bare = new ArrayList<>();
        for (Element element : dataSet.without(Tags.SpecificCharacterSet)) {
            bare.add(
                    element.value() instanceof Value.Items items
                            ? new Element(
                                    element.tag(),
                                    element.vr(),
                                    new Value.Items(items.values().stream()
                                            .map(SpecificCharacterSet::withoutDeclarations)
                                            .toList()))
                            : element);
        }
        return DataSet.of(bare);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpecificCharacterSet set && terms.equals(set.terms);
    }

    @Override
    public int hashCode() {
        return Objects.hash(terms);
    }

    @Override
    public String toString() {
        return terms.isEmpty() ? "ISO-IR 6 (ASCII)" : String.join("\\", terms);
    }
}
