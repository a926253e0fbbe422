package io.collimator.hl7.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The message header as it stands on the wire (HL7 v2.5.1 §2.15.9), read by itself so that an acknowledgement can be
 * made for a message whose rest is no HL7. Fields are raw: not unescaped, in the message's own delimiters.
 */
public final class Hl7Headers {

    /** Longest header that is read; what is longer is cut. */
    static final int MAX_LENGTH = 8192;

    private static final int CHARACTER_SET = 18;

    private final char fieldSeparator;
    private final List<String> fields;
    private final Charset charset;
    private final String encodingCharacters;

    private Hl7Headers(char fieldSeparator, List<String> fields, Charset charset) {
        this.fieldSeparator = fieldSeparator;
        this.fields = fields;
        this.charset = charset;
        String sent = field(2);
        this.encodingCharacters = isUsable(sent, fieldSeparator) ? sent : "^~\\&";
    }

    /**
     * The header of a message.
     *
     * @param content the bytes of a frame; a byte order mark, blanks and line ends before MSH are passed over
     * @param standard the character set where MSH-18 names none
     * @return empty when the content does not begin with MSH and a separator
     */
    public static Optional<Hl7Headers> read(byte[] content, Charset standard) {
        int start = start(content);
        if (start < 0) {
            return Optional.empty();
        }
        int end = start;
        while (end < content.length && end - start < MAX_LENGTH && content[end] != '\r' && content[end] != '\n') {
            end++;
        }
        byte[] line = Arrays.copyOfRange(content, start, end);
        List<String> declared = declaredSets(split(new String(line, StandardCharsets.ISO_8859_1)));
        CharacterSets.Decoded decoded = CharacterSets.decode(
                line, declared.isEmpty() && hasByteOrderMark(content) ? List.of("UTF-8") : declared, standard);
        List<String> fields = split(decoded.text());
        return Optional.of(new Hl7Headers(decoded.text().charAt(3), fields, decoded.charset()));
    }

    /** Where MSH begins, -1 when the content begins with something else. */
    static int start(byte[] content) {
        int at = hasByteOrderMark(content) ? 3 : 0;
        while (at < content.length && (content[at] == ' ' || content[at] == '\r' || content[at] == '\n')) {
            at++;
        }
        boolean found = content.length - at >= 5
                && content[at] == 'M'
                && content[at + 1] == 'S'
                && content[at + 2] == 'H'
                && isDelimiter(content[at + 3]);
        return found ? at : -1;
    }

    static boolean hasByteOrderMark(byte[] content) {
        return content.length >= 3
                && content[0] == (byte) 0xEF
                && content[1] == (byte) 0xBB
                && content[2] == (byte) 0xBF;
    }

    private static boolean isDelimiter(byte candidate) {
        return candidate > ' ' && candidate < 0x7F && !Character.isLetterOrDigit(candidate) && candidate != '"';
    }

    /** Field 1 is the separator itself, so that indexes are field numbers less one. */
    private static List<String> split(String line) {
        String separator = line.substring(3, 4);
        String[] rest = line.substring(4).split(Pattern.quote(separator), -1);
        String[] fields = new String[rest.length + 1];
        fields[0] = separator;
        System.arraycopy(rest, 0, fields, 1, rest.length);
        return List.of(fields);
    }

    private static List<String> declaredSets(List<String> fields) {
        if (fields.size() < CHARACTER_SET) {
            return List.of();
        }
        String encoding = fields.get(1);
        String field = fields.get(CHARACTER_SET - 1);
        String[] repetitions =
                encoding.length() > 1 ? field.split(Pattern.quote(encoding.substring(1, 2))) : new String[] {field};
        List<String> declared = new ArrayList<>();
        for (String repetition : repetitions) {
            String term = repetition.strip();
            declared.add(term.equals("\"\"") ? "" : term);
        }
        return declared.stream().allMatch(String::isEmpty) ? List.of() : List.copyOf(declared);
    }

    /** A field as sent, "" when it is not there. MSH-1 is the separator, MSH-2 the encoding characters. */
    public String field(int number) {
        return number >= 1 && number <= fields.size() ? fields.get(number - 1) : "";
    }

    public char fieldSeparator() {
        return fieldSeparator;
    }

    /** MSH-2; {@code ^~\&} when the message sends less than four, or two that are the same. */
    public String encodingCharacters() {
        return encodingCharacters;
    }

    private static boolean isUsable(String sent, char fieldSeparator) {
        boolean usable = sent.length() >= 4 && sent.length() <= 5 && sent.indexOf(fieldSeparator) < 0;
        for (int i = 0; usable && i < sent.length(); i++) {
            char c = sent.charAt(i);
            usable = c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c) && c != '"' && sent.indexOf(c, i + 1) < 0;
        }
        return usable;
    }

    /** MSH-9.1, for instance {@code ORM}. */
    public String messageType() {
        return component(9, 1);
    }

    /** MSH-9.2, for instance {@code O01}; "" when the message names none. */
    public String triggerEvent() {
        return component(9, 2);
    }

    /**
     * Type and event, for instance {@code ORM^O01}; {@code ORM}, {@code OMG}, {@code OMI} and {@code ORU} alone stand
     * for the one event that is meant.
     */
    public String kind() {
        if (!triggerEvent().isEmpty()) {
            return messageType() + "^" + triggerEvent();
        }
        return switch (messageType()) {
            case "ORM" -> "ORM^O01";
            case "OMG" -> "OMG^O19";
            case "OMI" -> "OMI^O23";
            case "ORU" -> "ORU^R01";
            default -> messageType();
        };
    }

    /** MSH-10. */
    public String controlId() {
        return field(10).strip();
    }

    /** MSH-10 as it goes into MSA-2: not unescaped, in the message's delimiters. */
    public String controlIdAsSent() {
        return field(10);
    }

    /** MSH-11.1. */
    public String processingId() {
        return component(11, 1);
    }

    /** MSH-12.1. */
    public String version() {
        return component(12, 1);
    }

    /** The repetitions of MSH-18, none when it is empty; the first may be "" when only others are named. */
    public List<String> declaredCharacterSets() {
        return declaredSets(fields);
    }

    /** The set the header was decoded by, in which the answer goes back. */
    public Charset charset() {
        return charset;
    }

    /**
     * An answer to this message, in its character set. What a sender wrote that names ISO 8859 and means a Windows code page
     * goes back as it came.
     */
    public byte[] encoded(String answer) {
        return CodePages.behind(charset)
                .map(page -> CodePages.asC1(answer, page))
                .orElse(answer)
                .getBytes(charset);
    }

    private String component(int field, int component) {
        String value = field(field);
        char separator = encodingCharacters.charAt(0);
        int start = 0;
        for (int before = 1; before < component; before++) {
            int end = value.indexOf(separator, start);
            if (end < 0) {
                return "";
            }
            start = end + 1;
        }
        int end = value.indexOf(separator, start);
        return (end < 0 ? value.substring(start) : value.substring(start, end)).strip();
    }

    /** The control ID only: names of sites and people stay out of logs. */
    @Override
    public String toString() {
        return "Hl7Headers[" + messageType() + "^" + triggerEvent() + " " + controlId() + "]";
    }
}
