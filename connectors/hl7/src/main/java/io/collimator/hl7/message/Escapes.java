package io.collimator.hl7.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;

/** Escape sequences in values (HL7 v2.5.1 §2.7). */
final class Escapes {

    private static final String LINE_BREAK = "\r\n";

    private final String delimiters;
    private final char escape;
    private final Charset charset;
    private final C1Controls controls;

    /**
     * @param delimiters field separator, component, repetition, escape, subcomponent; since 2.7 truncation
     * @param charset what {@code \Xhh\} bytes are in
     * @param controls what the C1 controls among them are
     */
    Escapes(String delimiters, Charset charset, C1Controls controls) {
        this.controls = controls;
        this.delimiters = delimiters;
        this.escape = delimiters.charAt(3);
        this.charset = charset;
    }

    char field() {
        return delimiters.charAt(0);
    }

    char component() {
        return delimiters.charAt(1);
    }

    char repetition() {
        return delimiters.charAt(2);
    }

    char subcomponent() {
        return delimiters.charAt(4);
    }

    /** The text that was meant; an escape character without its partner, or an unknown sequence, stays as it is. */
    String unescape(String raw) {
        int open = raw.indexOf(escape);
        if (open < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length());
        int from = 0;
        while (open >= 0) {
            int close = raw.indexOf(escape, open + 1);
            if (close < 0) {
                break;
            }
            text.append(raw, from, open);
            Optional<String> meaning = meaningOf(raw.substring(open + 1, close));
            if (meaning.isEmpty()) {
                // its second escape character may open the next sequence
                text.append(raw, open, close);
                from = close;
                open = close;
            } else {
                text.append(meaning.get());
                from = close + 1;
                open = raw.indexOf(escape, from);
            }
        }
        return text.append(raw, from, raw.length()).toString();
    }

    private Optional<String> meaningOf(String sequence) {
        String kind = sequence.toUpperCase(Locale.ROOT);
        return switch (kind) {
            case "F" -> Optional.of(delimiters.substring(0, 1));
            case "S" -> Optional.of(delimiters.substring(1, 2));
            case "R" -> Optional.of(delimiters.substring(2, 3));
            case "E" -> Optional.of(delimiters.substring(3, 4));
            case "T" -> Optional.of(delimiters.substring(4, 5));
            case "P" -> delimiters.length() > 5 ? Optional.of(delimiters.substring(5, 6)) : Optional.empty();
            case "H", "N" -> Optional.of("");
            case ".BR", ".SP", ".CE" -> Optional.of(LINE_BREAK);
            default -> parameterised(kind);
        };
    }

    private Optional<String> parameterised(String kind) {
        if (kind.matches("X([0-9A-F]{2})+")) {
            return Optional.of(bytes(kind.substring(1)));
        }
        if (kind.matches("C[0-9A-F]{4}|M[0-9A-F]{4,6}|\\.(FI|NF|IN[+-]?\\d+|TI[+-]?\\d+|SK ?\\d+)")) {
            return Optional.of("");
        }
        return kind.matches("\\.SP[+-]?\\d+") ? Optional.of(LINE_BREAK) : Optional.empty();
    }

    private String bytes(String hex) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < hex.length(); i += 2) {
            bytes.write(Integer.parseInt(hex.substring(i, i + 2), 16));
        }
        return controls.read(bytes.toString(charset));
    }
}
