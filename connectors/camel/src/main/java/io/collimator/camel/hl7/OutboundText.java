package io.collimator.camel.hl7;

import io.collimator.hl7.message.Hl7Headers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** HL7 text on its way to a receiver. */
public final class OutboundText {

    private static final int ACCEPT_ACKNOWLEDGEMENT = 15;
    private static final int APPLICATION_ACKNOWLEDGEMENT = 16;
    private static final int CHARACTER_SET = 18;

    private OutboundText() {}

    /**
     * The bytes of a message in the character set of its MSH-18; where that cannot hold it, in UTF-8, declared: better
     * another set than a name with question marks in it.
     */
    static byte[] bytes(String text) {
        Charset declared = headers(text).map(Hl7Headers::charset).orElse(StandardCharsets.UTF_8);
        if (declared.canEncode() && declared.newEncoder().canEncode(text)) {
            return text.getBytes(declared);
        }
        return withField(text, CHARACTER_SET, "UNICODE UTF-8").getBytes(StandardCharsets.UTF_8);
    }

    /** A message that asks for one acknowledgement, whatever its first sender asked for in MSH-15 and MSH-16. */
    public static String inOriginalMode(String text) {
        boolean enhanced = headers(text)
                .filter(headers -> !headers.field(ACCEPT_ACKNOWLEDGEMENT).isEmpty()
                        || !headers.field(APPLICATION_ACKNOWLEDGEMENT).isEmpty())
                .isPresent();
        return enhanced
                ? withField(withField(text, ACCEPT_ACKNOWLEDGEMENT, ""), APPLICATION_ACKNOWLEDGEMENT, "")
                : text;
    }

    /** Characters that the set does not have read as something else; the header's own fields are all ASCII. */
    private static Optional<Hl7Headers> headers(String text) {
        return Hl7Headers.read(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String withField(String text, int field, String value) {
        int end = text.indexOf('\r') < 0 ? text.length() : text.indexOf('\r');
        String separator = text.substring(3, 4);
        List<String> fields = new ArrayList<>(List.of(text.substring(0, end).split(Pattern.quote(separator), -1)));
        while (fields.size() < field) {
            fields.add("");
        }
        // MSH-1 is the separator itself
        fields.set(field - 1, value);
        return String.join(separator, fields) + text.substring(end);
    }
}
