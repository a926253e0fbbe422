package io.collimator.dicom.charset;

import static io.collimator.dicom.charset.Delimiters.ESC;
import static io.collimator.dicom.charset.Delimiters.isDelimiter;

import io.collimator.dicom.charset.CodedCharacterSet.Form;
import io.collimator.dicom.data.Vr;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads one value field with code extensions (PS3.5 §6.1.2.5). Characters of two bytes are taken as pairs, so that 5CH in
 * the second is no delimiter. What no set explains is read by the nearest guess and makes the text inexact; it never
 * fails. Used once.
 */
final class Iso2022Decoder {

    private final List<CodedCharacterSet> declared;
    private final byte[] bytes;
    private final Vr vr;
    private final StringBuilder text;
    private final ByteArrayOutputStream run = new ByteArrayOutputStream();
    private CodedCharacterSet runSet = CodedCharacterSet.IR_6;
    private CodedCharacterSet g0;
    private CodedCharacterSet g1;
    /** What a writer that forgets to invoke it again after a delimiter must mean. */
    private CodedCharacterSet lastG1;

    private int position;
    private boolean exact = true;

    /** @param declared at least one set, the first of which is there at the start */
    Iso2022Decoder(List<CodedCharacterSet> declared, byte[] bytes, Vr vr) {
        this.declared = declared;
        this.bytes = bytes;
        this.vr = vr;
        this.text = new StringBuilder(bytes.length);
        this.g0 = declared.get(0).initialG0();
        this.g1 = declared.get(0);
        this.lastG1 =
                declared.stream().filter(CodedCharacterSet::isInG1).findFirst().orElse(CodedCharacterSet.IR_6);
    }

    DecodedText decode() {
        while (position < bytes.length) {
            int next = bytes[position] & 0xFF;
            if (next == ESC) {
                readEscape();
            } else if (next >= 0x80) {
                readHigh();
            } else if (g0.form() == Form.TWO_BYTES_IN_G0 && next > 0x20 && next < 0x7F) {
                take(g0, 2);
            } else {
                if (isDelimiter(next, vr)) {
                    g0 = declared.get(0).initialG0();
                    g1 = declared.get(0);
                }
                take(CodedCharacterSet.IR_6, 1);
            }
        }
        flush();
        return new DecodedText(text.toString(), exact);
    }

    private void readEscape() {
        position++;
        for (CodedCharacterSet set : CodedCharacterSet.values()) {
            if (follows(set.g0Escape())) {
                // several sets share ASCII as their G0 part; the first of them is ASCII itself
                g0 = set;
                accept(set, set.g0Escape());
                return;
            } else if (follows(set.g1Escape())) {
                g1 = set;
                lastG1 = set;
                accept(set, set.g1Escape());
                return;
            }
        }
        exact = false;
    }

    private void accept(CodedCharacterSet set, String escape) {
        position += escape.length();
        exact &= set == CodedCharacterSet.IR_6 || declared.contains(set);
    }

    private boolean follows(String escape) {
        if (escape.isEmpty() || escape.length() > bytes.length - position) {
            return false;
        }
        for (int i = 0; i < escape.length(); i++) {
            if (bytes[position + i] != escape.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void readHigh() {
        CodedCharacterSet set = g1;
        if (!set.isInG1()) {
            exact = false;
            set = lastG1;
        }
        if (set.isInG1()) {
            take(set, set.isTwoBytes() ? 2 : 1);
        } else {
            take(CodedCharacterSet.IR_100, 1);
        }
    }

    /** Adds bytes of one character to those of the same set before it. */
    private void take(CodedCharacterSet set, int count) {
        if (set != runSet) {
            flush();
            runSet = set;
        }
        int available = Math.min(count, bytes.length - position);
        // half a character before a delimiter or an escape sequence is no character
        if (count == 2 && (available < 2 || (bytes[position + 1] & 0x7F) < 0x21)) {
            exact = false;
            flush();
            runSet = CodedCharacterSet.IR_100;
            available = 1;
        }
        run.write(bytes, position, available);
        position += available;
    }

    private void flush() {
        byte[] characters = run.toByteArray();
        run.reset();
        if (characters.length == 0) {
            return;
        }
        if (runSet == CodedCharacterSet.IR_6) {
            text.append(new String(characters, StandardCharsets.US_ASCII));
            return;
        }
        try {
            text.append(runSet.charset()
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(characters)));
        } catch (CharacterCodingException notOfThisSet) {
            exact = false;
            text.append(new String(characters, runSet.charset()));
        }
    }
}
