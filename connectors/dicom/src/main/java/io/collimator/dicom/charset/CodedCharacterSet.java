package io.collimator.dicom.charset;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;

/**
 * The sets that ISO 2022 escape sequences invoke (PS3.3 Tables C.12-2 to C.12-4). Bytes below 80H are the code element
 * G0, those from A0H on G1.
 */
enum CodedCharacterSet {
    IR_6("6", "US-ASCII", Form.ASCII, "(B", ""),
    IR_100("100", "ISO-8859-1", Form.G1, "(B", "-A"),
    IR_101("101", "ISO-8859-2", Form.G1, "(B", "-B"),
    IR_109("109", "ISO-8859-3", Form.G1, "(B", "-C"),
    IR_110("110", "ISO-8859-4", Form.G1, "(B", "-D"),
    IR_144("144", "ISO-8859-5", Form.G1, "(B", "-L"),
    IR_127("127", "ISO-8859-6", Form.G1, "(B", "-G"),
    IR_126("126", "ISO-8859-7", Form.G1, "(B", "-F"),
    IR_138("138", "ISO-8859-8", Form.G1, "(B", "-H"),
    IR_148("148", "ISO-8859-9", Form.G1, "(B", "-M"),
    IR_203("203", "ISO-8859-15", Form.G1, "(B", "-b"),
    /** G0 is ASCII with yen and overline for backslash and tilde; the backslash delimits all the same. */
    IR_13("13", "JIS_X0201", Form.G1, "(J", ")I"),
    IR_166("166", "TIS-620", Form.G1, "(B", "-T"),
    IR_87("87", "x-JIS0208", Form.TWO_BYTES_IN_G0, "$B", ""),
    IR_159("159", "JIS_X0212-1990", Form.TWO_BYTES_IN_G0, "$(D", ""),
    IR_149("149", "EUC-KR", Form.TWO_BYTES_IN_G1, "", "$)C"),
    IR_58("58", "GB2312", Form.TWO_BYTES_IN_G1, "", "$)A");

    /** Which code elements a set fills, and with how many bytes a character. */
    enum Form {
        ASCII,
        G1,
        TWO_BYTES_IN_G0,
        TWO_BYTES_IN_G1
    }

    private final String number;
    private final Charset charset;
    private final Form form;
    private final String g0Escape;
    private final String g1Escape;

    CodedCharacterSet(String number, String charset, Form form, String g0Escape, String g1Escape) {
        this.number = number;
        this.charset = Charset.forName(charset);
        this.form = form;
        this.g0Escape = g0Escape;
        this.g1Escape = g1Escape;
    }

    static Optional<CodedCharacterSet> ofNumber(String number) {
        return Arrays.stream(values()).filter(set -> set.number.equals(number)).findFirst();
    }

    Charset charset() {
        return charset;
    }

    Form form() {
        return form;
    }

    /** What follows ESC to put it into G0; "" when it has no part there. */
    String g0Escape() {
        return g0Escape;
    }

    /** What follows ESC to put it into G1; "" when it has no part there. */
    String g1Escape() {
        return g1Escape;
    }

    boolean isInG1() {
        return form == Form.G1 || form == Form.TWO_BYTES_IN_G1;
    }

    boolean isTwoBytes() {
        return form == Form.TWO_BYTES_IN_G0 || form == Form.TWO_BYTES_IN_G1;
    }

    /** The set whose G0 part stands in G0 while this one is in use from the start. */
    CodedCharacterSet initialG0() {
        return this == IR_13 ? IR_13 : IR_6;
    }

    /** Without code extensions; "" for ASCII, which is the absence of a term. */
    String singleTerm() {
        return this == IR_6 ? "" : "ISO_IR " + number;
    }

    String extensionTerm() {
        return "ISO 2022 IR " + number;
    }
}
