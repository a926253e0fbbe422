package io.collimator.hl7.message;

import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The decoded text of a message, one line a segment, whatever ended the segments on the wire. */
final class MessageText {

    private static final Pattern SEGMENT_NAME = Pattern.compile("[A-Z][A-Z0-9]{2}");

    private final Hl7Headers headers;
    private final Charset charset;
    private final boolean isExact;
    private final C1Controls controls;
    private final List<String> lines;
    private final List<String> warnings;

    private MessageText(Hl7Headers headers, CharacterSets.Decoded decoded, C1Controls controls) {
        this.headers = headers;
        this.charset = decoded.charset();
        this.isExact = decoded.exact();
        this.controls = controls;
        this.lines = segmentLines(controls.read(decoded.text()), headers.fieldSeparator());
        this.warnings = decoded.warnings();
    }

    /** @param content from MSH on */
    static MessageText of(byte[] content, Hl7Headers headers, ReadingSettings settings) {
        List<String> declared = headers.declaredCharacterSets();
        // without MSH-18 the header knows more than the default: a byte order mark told it UTF-8
        Charset undeclared = declared.isEmpty() ? headers.charset() : settings.standard();
        CharacterSets.Decoded decoded = CharacterSets.decode(content, declared, undeclared);
        return new MessageText(headers, decoded, new C1Controls(decoded.charset(), settings.standard()));
    }

    /** @throws Hl7RejectedException when it holds bytes, by themselves or as escape sequences, that the settings refuse */
    void checkCharacters(ReadingSettings.Undecodable undecodable) {
        boolean isRefused = !isExact || !controls.warnings().isEmpty();
        if (isRefused && undecodable == ReadingSettings.Undecodable.REFUSE) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.DATA_TYPE_ERROR,
                    ErrorLocation.ofField("MSH", 18),
                    "The message holds bytes that are no characters of the set that MSH-18 declares; declare the set that is sent, for instance UNICODE UTF-8.");
        }
    }

    List<String> lines() {
        return lines;
    }

    List<String> warnings() {
        return Stream.concat(warnings.stream(), controls.warnings().stream()).toList();
    }

    Escapes escapes() {
        return new Escapes(headers.fieldSeparator() + headers.encodingCharacters(), charset, controls);
    }

    /**
     * The text for HAPI, what ADD brings joined to the segment before it. HAPI refuses three things that we read: more or less
     * than four encoding characters, a type without event, an empty version.
     */
    String forParser() {
        String separator = String.valueOf(headers.fieldSeparator());
        String[] fields = lines.get(0).split(Pattern.quote(separator), -1);
        List<String> header = new ArrayList<>(List.of(fields));
        while (header.size() < 12) {
            header.add("");
        }
        String encoding = headers.encodingCharacters().substring(0, 4);
        header.set(1, encoding);
        if (headers.triggerEvent().isEmpty()) {
            header.set(8, headers.kind().replace('^', encoding.charAt(0)));
        }
        if (headers.messageType().isEmpty() || header.get(8).indexOf(encoding.charAt(0)) < 0) {
            header.set(8, "ZZZ" + encoding.charAt(0) + "Z99");
        }
        if (headers.version().isEmpty()) {
            header.set(11, "2.5.1");
        }
        List<String> all = Continuation.joined(lines);
        all.set(0, String.join(separator, header));
        return String.join("\r", all) + "\r";
    }

    /** @throws Hl7RejectedException when there is too much of it, or a line is no segment */
    void check(Hl7Limits limits) {
        if (lines.size() > limits.maxSegments()) {
            throw tooMuch(lines.size() + " segments", limits.maxSegments());
        }
        String delimiters = headers.fieldSeparator() + headers.encodingCharacters();
        long count = 0;
        for (String line : lines) {
            for (int i = 0; i < line.length(); i++) {
                count += delimiters.indexOf(line.charAt(i)) >= 0 ? 1 : 0;
            }
        }
        if (count > limits.maxDelimiters()) {
            throw tooMuch(count + " separators", limits.maxDelimiters());
        }
        for (int i = 0; i < lines.size(); i++) {
            if (!isSegment(lines.get(i), headers.fieldSeparator())) {
                throw Hl7RejectedException.contentError(
                        ErrorCode.SEGMENT_SEQUENCE_ERROR,
                        ErrorLocation.NONE,
                        "Line %d of the message does not begin with a segment name of three characters; end segments with CR only."
                                .formatted(i + 1));
            }
            if (i > 0 && lines.get(i).startsWith("MSH")) {
                // two messages in one frame: the orders of the second would fall to the patient of the first
                throw Hl7RejectedException.contentError(
                        ErrorCode.SEGMENT_SEQUENCE_ERROR,
                        new ErrorLocation("MSH", 2, 0, 0),
                        "The frame holds a second message header; send each message in a frame of its own.");
            }
        }
        new Continuation(headers.fieldSeparator()).check(headers, lines);
    }

    private static Hl7RejectedException tooMuch(String found, int allowed) {
        return Hl7RejectedException.contentError(
                ErrorCode.SEGMENT_SEQUENCE_ERROR,
                ErrorLocation.NONE,
                "The message has %s; %d are allowed. Send it in parts, or let collimator.hl7.max-segments allow more segments."
                        .formatted(found, allowed));
    }

    /** CR and CRLF end a segment; so does LF where a segment follows, else it is part of a text. */
    private static List<String> segmentLines(String text, char separator) {
        List<String> lines = new ArrayList<>();
        for (String line : text.replace("\r\n", "\r").split("\r", -1)) {
            StringBuilder current = new StringBuilder();
            for (String part : line.split("\n", -1)) {
                if (isSegment(part, separator) && !current.isEmpty()) {
                    addLine(lines, current);
                }
                current.append(current.isEmpty() ? "" : "\n").append(part);
            }
            addLine(lines, current);
        }
        return List.copyOf(lines);
    }

    private static void addLine(List<String> lines, StringBuilder current) {
        String line = current.toString();
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\0')) {
            end--;
        }
        if (!line.substring(0, end).isBlank()) {
            lines.add(line.substring(0, end));
        }
        current.setLength(0);
    }

    private static boolean isSegment(String line, char separator) {
        return line.length() >= 3
                && SEGMENT_NAME.matcher(line.substring(0, 3)).matches()
                && (line.length() == 3 || line.charAt(3) == separator);
    }
}
