package io.collimator.hl7.message;

import ca.uhn.hl7v2.HL7Exception;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A received message, immutable, decoded by MSH-18 and unescaped (HL7 v2.5.1 §2.5). Any version and any segment is read;
 * whether the message is served is not judged here.
 */
public final class Hl7Message {

    private final Hl7Headers headers;
    private final MessageText text;
    private final List<Hl7Segment> segments;
    private final OrderGroups groups;

    private Hl7Message(Hl7Headers headers, MessageText text, List<Hl7Segment> segments) {
        this.headers = headers;
        this.text = text;
        this.segments = segments;
        this.groups = new OrderGroups(segments);
    }

    /** Reads a message by the defaults: ISO 8859-1 where MSH-18 names no character set. */
    public static Hl7Message parse(byte[] content) {
        return parse(content, ReadingSettings.DEFAULT);
    }

    /**
     * Reads a message.
     *
     * @param content the bytes of a frame, without the framing
     * @throws Hl7RejectedException when the content is no HL7 message, is beyond the limits, or holds bytes that the
     *     settings refuse
     */
    public static Hl7Message parse(byte[] content, ReadingSettings settings) {
        Hl7Headers headers = Hl7Headers.read(content, settings.standard())
                .orElseThrow(() -> Hl7RejectedException.rejected(
                        ErrorCode.SEGMENT_SEQUENCE_ERROR,
                        ErrorLocation.ofSegment("MSH"),
                        "The message does not begin with MSH; send HL7 v2 in ER7 encoding."));
        int start = Hl7Headers.start(content);
        MessageText text = MessageText.of(Arrays.copyOfRange(content, start, content.length), headers, settings);
        text.checkCharacters(settings.undecodable());
        text.check(settings.limits());
        try {
            List<Hl7Segment> segments =
                    FlatParser.parse(text.forParser(), text.escapes(), FieldTypes.of(headers.version()));
            text.checkCharacters(settings.undecodable());
            return new Hl7Message(headers, text, segments);
        } catch (HL7Exception unreadable) {
            // its message quotes the content, which may be patient data
            throw Hl7RejectedException.rejected(
                    ErrorCode.SEGMENT_SEQUENCE_ERROR,
                    ErrorLocation.ofSegment("MSH"),
                    "The message cannot be read (" + unreadable.getClass().getSimpleName()
                            + "); check its delimiters and segment names.");
        }
    }

    public Hl7Headers headers() {
        return headers;
    }

    /** Type and event, for instance {@code ORM^O01}. */
    public String kind() {
        return headers.kind();
    }

    /** All segments in order, MSH first. */
    public List<Hl7Segment> segments() {
        return segments;
    }

    /** The segments that belong to no order: patient, visit, allergies, and what stands before the first order. */
    public List<Hl7Segment> messageLevel() {
        return groups.messageLevel();
    }

    /** The NTE segments that follow PID. */
    public List<Hl7Segment> patientNotes() {
        return groups.patientNotes();
    }

    /** One group for each procedure step, in order; none in a message without orders. */
    public List<OrderGroup> orderGroups() {
        return groups.groups();
    }

    public Optional<Hl7Segment> first(String name) {
        return segments.stream().filter(segment -> segment.name().equals(name)).findFirst();
    }

    /** The message as Unicode text without C1 controls, each segment ended by CR. */
    public String text() {
        return text(text.lines());
    }

    /** The same with some of its OBR, counted from 0, and what belongs to them; the header and their patient stay. */
    public String textOf(Set<Integer> requests) {
        return text(new RequestLines(text.lines()).of(requests));
    }

    private static String text(List<String> lines) {
        String whole = String.join("\r", lines) + "\r";
        return CodePages.hasC1(whole) ? whole.replaceAll("[\\x{80}-\\x{9F}]", "") : whole;
    }

    /** What was odd but did not hinder reading; no patient data. */
    public List<String> warnings() {
        return text.warnings();
    }

    /**
     * SHA-256, in hexadecimal, over everything after MSH and over MSH-9, whatever the segment ends and the character
     * set: two messages with the same digest say the same.
     */
    public String contentDigest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(headers.field(9).getBytes(StandardCharsets.UTF_8));
            for (String line : text.lines().subList(1, text.lines().size())) {
                digest.update((byte) '\r');
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
        }
    }

    /** Type, control ID and segment names only: values may be patient data. */
    @Override
    public String toString() {
        return "Hl7Message[" + kind() + " " + headers.controlId() + " " + segments + "]";
    }
}
