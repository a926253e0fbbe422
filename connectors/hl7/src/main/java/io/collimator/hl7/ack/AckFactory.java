package io.collimator.hl7.ack;

import io.collimator.hl7.message.Hl7Batch;
import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.outcome.AckOutcome;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import io.collimator.hl7.outcome.ErrorLocation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes acknowledgements (HL7 v2.5.1 §2.9.2, §2.9.3; MSA §2.15.8; ERR §2.15.5): in the delimiters, version and character
 * set of the request, sender and receiver swapped. Every refusal carries an ERR, in the layout of the request's version.
 */
public final class AckFactory {

    private static final int MAX_TEXT = 80;
    private static final int MAX_DIAGNOSIS = 250;
    private static final String DEFAULT_VERSION = "2.5.1";
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx", Locale.ROOT);

    private final Clock clock;
    private final Supplier<String> controlIds;

    /**
     * @param clock gives MSH-7 and its zone
     * @param controlIds gives MSH-10, at most 20 characters, each once
     */
    public AckFactory(Clock clock, Supplier<String> controlIds) {
        this.clock = clock;
        this.controlIds = controlIds;
    }

    /**
     * The answers to a message whose header could be read, in order: as many as its MSH-15 and MSH-16 ask for, none, one
     * or two.
     */
    public List<byte[]> answers(Hl7Headers request, AckOutcome outcome) {
        AckMode mode = AckMode.of(request);
        AckLayout layout = new AckLayout(request);
        List<byte[]> answers = new ArrayList<>(2);
        for (String code : mode.codes(outcome)) {
            answers.add(bytes(layout, segments(layout, code, outcome)));
        }
        return List.copyOf(answers);
    }

    /** The answer to what is no HL7 message: AR in original mode; MSA-2 is empty, because nothing says what it would be. */
    public byte[] answerToUnreadable(Refusal refusal) {
        Hl7Headers none = Hl7Headers.read("MSH|^~\\&|".getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII)
                .orElseThrow();
        AckLayout layout = new AckLayout(none);
        return bytes(layout, segments(layout, AckPolicy.codeOf(refusal), refusal));
    }

    /**
     * The answer to a batch, one frame; empty when no message of it is answered.
     *
     * @param answers for each message of the batch, in order, its acknowledgements
     */
    public Optional<byte[]> answerToBatch(Hl7Batch batch, List<List<byte[]>> answers) {
        boolean silent = !answers.isEmpty() && answers.stream().allMatch(List::isEmpty);
        return silent
                ? Optional.empty()
                : Optional.of(new BatchAnswer(TIMESTAMP.format(ZonedDateTime.now(clock)), controlIds.get())
                        .write(batch, answers));
    }

    private static byte[] bytes(AckLayout layout, List<String> segments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String segment : segments) {
            bytes.writeBytes(layout.request().encoded(segment + "\r"));
        }
        return bytes.toByteArray();
    }

    private List<String> segments(AckLayout layout, String code, AckOutcome outcome) {
        // CA speaks of the receipt alone, also when an AE follows
        boolean ofReceipt = code.startsWith("C");
        Optional<String> orderKind =
                ofReceipt || outcome.response() == null ? Optional.empty() : OrderResponseWriter.kind(layout);
        List<String> segments = new ArrayList<>();
        segments.add(header(layout, orderKind.orElseGet(() -> plainKind(layout)), ofReceipt));
        Refusal refusal = !code.equals("CA") && outcome instanceof Refusal refused ? refused : null;
        String text = refusal == null ? "" : layout.text(refusal.text(), MAX_TEXT);
        segments.add(layout.fields(List.of("MSA", code, layout.request().controlIdAsSent(), text)));
        if (refusal != null) {
            segments.add(layout.isBefore25() ? oldError(layout, refusal) : error(layout, refusal));
        }
        if (orderKind.isPresent() && outcome.response() != null) {
            segments.addAll(OrderResponseWriter.segments(layout, outcome.response()));
        }
        return segments;
    }

    private static String plainKind(AckLayout layout) {
        String event = AckLayout.safe(layout.request().triggerEvent());
        return event.isEmpty() ? "ACK" : layout.components("ACK", event, layout.isBefore25() ? "" : "ACK");
    }

    private String header(AckLayout layout, String kind, boolean ofReceipt) {
        Hl7Headers request = layout.request();
        String processingId = request.field(11).isBlank() ? "P" : request.field(11);
        // an application acknowledgement in enhanced mode is a message of its own, and wants no answer
        String mode = ofReceipt || AckMode.of(request).equals(AckMode.ORIGINAL) ? "" : "NE";
        return layout.fields(List.of(
                "MSH",
                request.field(2).isEmpty() ? request.encodingCharacters() : request.field(2),
                request.field(5),
                request.field(6),
                request.field(3),
                request.field(4),
                TIMESTAMP.format(ZonedDateTime.now(clock)),
                "",
                kind,
                layout.escape(controlIds.get()),
                processingId,
                request.field(12).isBlank() ? DEFAULT_VERSION : request.field(12),
                "",
                "",
                mode,
                mode,
                "",
                request.field(18)));
    }

    /** Up to 2.4: ERR-1 {@code segment^sequence^field^code&text&HL70357}. */
    private static String oldError(AckLayout layout, Refusal refusal) {
        ErrorLocation location = refusal.location();
        String code = layout.subcomponents(
                String.valueOf(refusal.code().code()),
                layout.escape(refusal.code().text()),
                "HL70357");
        return layout.fields(List.of(
                "ERR",
                layout.components(location.segment(), number(location.sequence()), number(location.field()), code)));
    }

    /** Since 2.5: location, code, severity, and the reason for people in ERR-7 and ERR-8. */
    private static String error(AckLayout layout, Refusal refusal) {
        ErrorLocation location = refusal.location();
        String place = location.component() > 0
                ? layout.components(
                        location.segment(),
                        number(location.sequence()),
                        number(location.field()),
                        "1",
                        number(location.component()))
                : layout.components(location.segment(), number(location.sequence()), number(location.field()));
        String code = layout.components(
                String.valueOf(refusal.code().code()),
                layout.escape(refusal.code().text()),
                "HL70357");
        String text = layout.text(refusal.text(), MAX_DIAGNOSIS);
        return layout.fields(List.of("ERR", "", place, code, "E", "", "", text, text));
    }

    private static String number(int value) {
        return value > 0 ? String.valueOf(value) : "";
    }
}
