package io.collimator.dicom.charset;

import static io.collimator.dicom.charset.Delimiters.isDelimiter;

import io.collimator.dicom.charset.CodedCharacterSet.Form;
import io.collimator.dicom.data.Vr;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one value field with code extensions: each character in the first declared set that has it, and the sets of the
 * start back in place before each delimiter and at the end (PS3.5 §6.1.2.5.3). Used once.
 */
final class Iso2022Encoder {

    private record Encoded(CodedCharacterSet set, byte[] bytes) {}

    private final List<CodedCharacterSet> declared;
    private final Map<CodedCharacterSet, CharsetEncoder> encoders = new EnumMap<>(CodedCharacterSet.class);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private CodedCharacterSet g0;
    private CodedCharacterSet g1;

    /** @param declared at least one set, the first of which is there at the start */
    Iso2022Encoder(List<CodedCharacterSet> declared) {
        this.declared = declared;
        this.g0 = declared.get(0).initialG0();
        this.g1 = declared.get(0);
    }

    boolean canEncode(String text) {
        return text.codePoints()
                .allMatch(character -> character < 0x80
                        ? character != Delimiters.ESC
                        : find(character).isPresent());
    }

    /** The text must be one that {@link #canEncode} accepts. */
    byte[] encode(String text, Vr vr) {
        text.codePoints().forEach(character -> {
            if (character < 0x80) {
                writeAscii(character, vr);
            } else {
                find(character).ifPresent(this::write);
            }
        });
        restore();
        return out.toByteArray();
    }

    private void writeAscii(int character, Vr vr) {
        if (isDelimiter(character, vr)) {
            restore();
        } else if (g0.form() == Form.TWO_BYTES_IN_G0) {
            restoreG0();
        }
        out.write(character);
    }

    private void write(Encoded character) {
        CodedCharacterSet set = character.set();
        if (set.isInG1() && g1 != set) {
            escape(set.g1Escape());
            g1 = set;
        } else if (set.form() == Form.TWO_BYTES_IN_G0 && g0 != set) {
            escape(set.g0Escape());
            g0 = set;
        }
        out.writeBytes(character.bytes());
    }

    private void restore() {
        restoreG0();
        CodedCharacterSet first = declared.get(0);
        // where nothing was in G1 at the start there is no sequence that empties it; readers do it by themselves
        if (g1 != first && first.isInG1()) {
            escape(first.g1Escape());
        }
        g1 = first;
    }

    private void restoreG0() {
        CodedCharacterSet initial = declared.get(0).initialG0();
        if (g0 != initial) {
            escape(initial.g0Escape());
            g0 = initial;
        }
    }

    private void escape(String sequence) {
        out.write(Delimiters.ESC);
        sequence.chars().forEach(out::write);
    }

    private Optional<Encoded> find(int character) {
        for (CodedCharacterSet set : declared) {
            byte[] bytes = bytesIn(set, character);
            if (bytes.length > 0) {
                return Optional.of(new Encoded(set, bytes));
            }
        }
        return Optional.empty();
    }

    /** None when the set does not have the character in its code element: yen and overline are in the ASCII part. */
    private byte[] bytesIn(CodedCharacterSet set, int character) {
        CharsetEncoder encoder =
                encoders.computeIfAbsent(set, wanted -> wanted.charset().newEncoder());
        String text = Character.toString(character);
        if (set.form() == Form.ASCII || !encoder.canEncode(text)) {
            return new byte[0];
        }
        try {
            ByteBuffer encoded = encoder.encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            boolean high = (bytes[0] & 0xFF) >= 0xA0;
            return bytes.length == (set.isTwoBytes() ? 2 : 1) && high == set.isInG1() ? bytes : new byte[0];
        } catch (CharacterCodingException impossible) {
            throw new IllegalStateException("%s says that it has a character and does not.".formatted(set), impossible);
        }
    }
}
