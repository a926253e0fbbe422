package io.collimator.dicom.json;

import java.io.IOException;

/** Text between quotation marks (RFC 8259 §7). */
final class JsonText {

    private JsonText() {}

    /** Escapes what must be, halves of surrogate pairs, and line separators that break scripts. */
    static void write(String text, Appendable out) throws IOException {
        out.append('"');
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < 0x20 || isRisky(text, i)) {
                out.append(text, start, i);
                writeEscaped(c, out);
                start = i + 1;
            }
        }
        out.append(text, start, text.length()).append('"');
    }

    private static boolean isRisky(String text, int place) {
        char c = text.charAt(place);
        if (Character.isHighSurrogate(c)) {
            return place + 1 == text.length() || !Character.isLowSurrogate(text.charAt(place + 1));
        } else if (Character.isLowSurrogate(c)) {
            return place == 0 || !Character.isHighSurrogate(text.charAt(place - 1));
        }
        return c == 0x7F || c == 0x2028 || c == 0x2029;
    }

    private static void writeEscaped(char c, Appendable out) throws IOException {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append("\\u%04x".formatted((int) c));
        }
    }
}
