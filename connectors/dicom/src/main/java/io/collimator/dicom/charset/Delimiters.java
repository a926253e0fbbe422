package io.collimator.dicom.charset;

import io.collimator.dicom.data.Vr;

/** Where the sets of the start are back in G0 and G1 (PS3.5 §6.1.2.5.3). */
final class Delimiters {

    static final int ESC = 0x1B;

    private Delimiters() {}

    /** A control character, a backslash between values, or one of {@code ^ =} in a name. */
    static boolean isDelimiter(int character, Vr vr) {
        return switch (character) {
            case '\\' -> vr.isMultiValued();
            case '^', '=' -> vr == Vr.PN;
            default -> character < 0x20 && character != ESC;
        };
    }
}
