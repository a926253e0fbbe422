package io.collimator.hl7.ack;

import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.outcome.OrderResponse.EntityIdentifier;
import java.nio.charset.Charset;
import java.util.List;

/** How values are written in the answer to one request: in its delimiters, version and character set. */
final class AckLayout {

    /** What each delimiter of MSH-2 is escaped as, in their order; P is the truncation character of 2.7 (§2.7.1). */
    private static final String CUT = "...";

    private static final String ESCAPE_NAMES = "SRETP";

    private final Hl7Headers request;
    private final char field;
    private final String encoding;

    AckLayout(Hl7Headers request) {
        this.request = request;
        this.field = request.fieldSeparator();
        this.encoding = request.encodingCharacters();
    }

    Hl7Headers request() {
        return request;
    }

    Charset charset() {
        return request.charset();
    }

    boolean isBefore25() {
        return request.version().matches("2\\.[0-4](\\..*)?");
    }

    String fields(List<String> values) {
        return join(values, field);
    }

    String components(String... values) {
        return join(List.of(values), encoding.charAt(0));
    }

    String subcomponents(String... values) {
        return join(List.of(values), encoding.charAt(3));
    }

    String identifier(EntityIdentifier identifier) {
        return components(
                escape(identifier.identifier()),
                escape(identifier.namespace()),
                escape(identifier.universalId()),
                escape(identifier.universalIdType()));
    }

    /** One line; what is too long ends in {@code ...}, cut before it is escaped, so that no escape sequence is cut. */
    String text(String text, int limit) {
        String line = text.replaceAll("\\s+", " ").strip();
        String escaped = escape(line);
        int kept = Math.min(line.length(), limit);
        while (escaped.length() > limit) {
            kept--;
            escaped = escape(line.substring(0, kept).strip()) + CUT;
        }
        return canEncode(escaped) ? escaped : escaped.replaceAll("[^\\x20-\\x7E]", ".");
    }

    private boolean canEncode(String text) {
        return charset().canEncode() && charset().newEncoder().canEncode(text);
    }

    String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        char escape = encoding.charAt(2);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int at = encoding.indexOf(c);
            if (c == field) {
                escaped.append(escape).append('F').append(escape);
            } else if (at >= 0 && at < ESCAPE_NAMES.length()) {
                escaped.append(escape).append(ESCAPE_NAMES.charAt(at)).append(escape);
            } else {
                escaped.append(Character.isISOControl(c) ? ' ' : c);
            }
        }
        return escaped.toString();
    }

    /** A code of the request that is repeated in ours. */
    static String safe(String code) {
        return code.matches("[A-Za-z0-9]{1,10}") ? code : "";
    }

    private static String join(List<String> values, char separator) {
        String joined = String.join(String.valueOf(separator), values);
        int end = joined.length();
        while (end > 0 && joined.charAt(end - 1) == separator) {
            end--;
        }
        return joined.substring(0, end);
    }
}
