package io.collimator.hl7.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Windows code pages: they have letters and marks where ISO 8859 has the C1 controls 80H to 9FH, and senders write the one
 * and name the other.
 */
final class CodePages {

    private static final char UNDEFINED = '\uFFFD';
    private static final char FIRST_C1 = 0x80;
    private static final char LAST_C1 = 0x9F;

    private static final Map<Charset, char[]> TABLES = Stream.of(
                    "windows-1250",
                    "windows-1251",
                    "windows-1252",
                    "windows-1253",
                    "windows-1254",
                    "windows-1255",
                    "windows-1256",
                    "windows-1257",
                    "windows-1258")
            .map(Charset::forName)
            .collect(Collectors.toUnmodifiableMap(Function.identity(), CodePages::table));

    /** The pages that differ from their ISO 8859 in 80H to 9FH alone. */
    private static final Map<Charset, Charset> BEHIND = Map.of(
            StandardCharsets.ISO_8859_1,
            Charset.forName("windows-1252"),
            Charset.forName("ISO-8859-9"),
            Charset.forName("windows-1254"));

    private static final char[] NONE = new char[256];

    private CodePages() {}

    private static char[] table(Charset page) {
        char[] table = new char[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = new String(new byte[] {(byte) i}, page).charAt(0);
        }
        return table;
    }

    static boolean isCodePage(Charset charset) {
        return TABLES.containsKey(charset);
    }

    /** What a sender means that names this set and sends bytes from 80H to 9FH; empty when nothing tells. */
    static Optional<Charset> behind(Charset iso) {
        return Optional.ofNullable(BEHIND.get(iso));
    }

    static boolean isC1(char c) {
        return c >= FIRST_C1 && c <= LAST_C1;
    }

    static boolean hasC1(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isC1(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Bytes from 80H to 9FH that the page does not have become C1 controls; empty when it does not have another one. */
    static Optional<String> decode(byte[] content, Charset page) {
        char[] table = TABLES.getOrDefault(page, NONE);
        StringBuilder text = new StringBuilder(content.length);
        for (byte next : content) {
            char c = table[next & 0xFF];
            if (c != UNDEFINED) {
                text.append(c);
            } else if (isC1((char) (next & 0xFF))) {
                text.append((char) (next & 0xFF));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(text.toString());
    }

    /** The text with the page's characters for its C1 controls; those that the page does not have stay. */
    static String readC1(String text, Charset page) {
        char[] table = TABLES.getOrDefault(page, NONE);
        StringBuilder read = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            read.append(isC1(c) && table[c] != UNDEFINED ? table[c] : c);
        }
        return read.toString();
    }

    /** The opposite of {@link #readC1}: what only the page has becomes the C1 control of its byte. */
    static String asC1(String text, Charset page) {
        char[] table = TABLES.getOrDefault(page, NONE);
        StringBuilder written = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char found = c;
            for (char at = FIRST_C1; c > 0xFF && at <= LAST_C1; at++) {
                found = table[at] == c ? at : found;
            }
            written.append(found);
        }
        return written.toString();
    }
}
