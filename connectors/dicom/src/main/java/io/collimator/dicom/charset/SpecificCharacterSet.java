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
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The character set of a data set (PS3.3 §C.12.1.1.2, PS3.5 §6.1): ISO-IR 6 (none declared), ISO_IR 100 and
 * ISO_IR 192, under these terms and the misspellings that modalities send.
 *
 * <p>Decoding never fails, because text must not cost an order: bytes that the declared set does not have, and sets
 * that are not known, are read as ISO 8859-1, which leaves ASCII as it is. Encoding never puts a {@code ?} for a
 * character, because a wrong name is worse than an error: it throws. Immutable.
 */
public final class SpecificCharacterSet {

    /** Nothing declared: ISO-IR 6, 7-bit. */
    public static final SpecificCharacterSet ASCII =
            new SpecificCharacterSet(List.of(), StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1);

    /** ISO_IR 100, Latin alphabet No. 1. */
    public static final SpecificCharacterSet LATIN_1 =
            new SpecificCharacterSet(List.of("ISO_IR 100"), StandardCharsets.ISO_8859_1, StandardCharsets.ISO_8859_1);

    /** ISO_IR 192, Unicode in UTF-8. */
    public static final SpecificCharacterSet UTF_8 =
            new SpecificCharacterSet(List.of("ISO_IR 192"), StandardCharsets.UTF_8, StandardCharsets.UTF_8);

    private final List<String> terms;
    private final Charset encoding;
    private final Charset decoding;

    private SpecificCharacterSet(List<String> terms, Charset encoding, Charset decoding) {
        this.terms = terms;
        this.encoding = encoding;
        this.decoding = decoding;
    }

    /** The set that (0008,0005) of the data set declares, {@link #ASCII} when it does not. */
    public static SpecificCharacterSet of(DataSet dataSet) {
        return of(dataSet.texts(Tags.SpecificCharacterSet));
    }

    /**
     * The set of the values of (0008,0005). ISO_IR 192 with others is ISO_IR 192, because it cannot be extended; any other
     * combination, and a term that is not known, give a set that decodes as ISO 8859-1 and encodes ASCII only.
     */
    public static SpecificCharacterSet of(List<String> terms) {
        if (terms.stream().allMatch(String::isBlank)) {
            return ASCII;
        }
        return ofTerm(terms.get(0))
                .filter(first -> terms.size() == 1 || first.equals(UTF_8))
                .orElseGet(() -> new SpecificCharacterSet(
                        List.copyOf(terms), StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1));
    }

    /** The set of one defined term, empty when it is not known: to check what a person configured. */
    public static Optional<SpecificCharacterSet> ofTerm(String term) {
        String folded = term.strip().toUpperCase(Locale.ROOT).replaceAll("[\\s_-]+", " ");
        return switch (folded) {
            case "", "ISO IR 6", "ISO 2022 IR 6", "ISO 646", "ASCII", "US ASCII" -> Optional.of(ASCII);
            case "ISO IR 100", "ISO IR100", "ISO 2022 IR 100", "ISO 8859 1", "ISO8859 1", "LATIN1" ->
                Optional.of(LATIN_1);
            case "ISO IR 192", "ISO IR192", "ISO 2022 IR 192", "UTF8", "UTF 8" -> Optional.of(UTF_8);
            default -> Optional.empty();
        };
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

    /** The text of these bytes. Never fails. */
    public String decode(byte[] bytes) {
        if (decoding.equals(StandardCharsets.ISO_8859_1)) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        try {
            return decoding.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notOfThisSet) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    public boolean canEncode(String text) {
        return isAscii(text) || encoding.newEncoder().canEncode(text);
    }

    /**
     * The bytes of this text.
     *
     * @throws DicomDataException when the set does not have one of its characters
     */
    public byte[] encode(String text) {
        if (!canEncode(text)) {
            throw new DicomDataException(
                    "The text has a character that %s does not have; declare a Specific Character Set (0008,0005) that has it, for instance ISO_IR 192."
                            .formatted(this));
        }
        return text.getBytes(encoding);
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
        for (Element element : dataSet.elements()) {
            if (element.value() instanceof Value.Items items
                    && !items.values().stream().allMatch(item -> canEncode(set, item))) {
                return false;
            }
            if (element.vr().isCharacterSetAffected()
                    && element.value() instanceof Value.Text text
                    && !text.values().stream().allMatch(set::canEncode)) {
                return false;
            }
        }
        return true;
    }

    private static DataSet withoutDeclarations(DataSet dataSet) {
        DataSet bare = dataSet.without(Tags.SpecificCharacterSet);
        for (Element element : bare.elements()) {
            if (element.value() instanceof Value.Items items) {
                List<DataSet> copies = new ArrayList<>();
                items.values().forEach(item -> copies.add(withoutDeclarations(item)));
                bare = items.values().equals(copies)
                        ? bare
                        : bare.with(new Element(element.tag(), element.vr(), new Value.Items(copies)));
            }
        }
        return bare;
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
