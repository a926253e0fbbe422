package io.collimator.hl7.ack;

import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.outcome.AckOutcome;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import io.collimator.hl7.outcome.ErrorLocation;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Writes acknowledgements (HL7 v2.5.1 §2.9.2; MSA §2.15.8; ERR §2.15.5): in the delimiters, version and character set
 * of the request, sender and receiver swapped. Every AE and AR carries an ERR, in the layout of the request's version.
 */
public final class AckFactory {

    private static final int MAX_TEXT = 80;
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

    /** The answer to a message whose header could be read. */
    public byte[] acknowledge(Hl7Headers request, AckOutcome outcome) {
        return write(new Layout(request), outcome);
    }

    /** The answer to what is no HL7 message: MSA-2 is empty, because nothing says what it would be. */
    public byte[] acknowledgeUnreadable(Refusal refusal) {
        Hl7Headers none = Hl7Headers.read("MSH|^~\\&|".getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII)
                .orElseThrow();
        return write(new Layout(none), refusal);
    }

    private byte[] write(Layout layout, AckOutcome outcome) {
        StringBuilder message = new StringBuilder();
        message.append(header(layout)).append('\r');
        message.append(acknowledgement(layout, outcome)).append('\r');
        if (outcome instanceof Refusal refusal) {
            message.append(layout.isBefore25() ? oldError(layout, refusal) : error(layout, refusal))
                    .append('\r');
        }
        return message.toString().getBytes(layout.charset());
    }

    private String header(Layout layout) {
        Hl7Headers request = layout.request;
        String event = layout.safe(request.triggerEvent());
        String kind = event.isEmpty() ? "ACK" : layout.components("ACK", event, layout.isBefore25() ? "" : "ACK");
        String processingId = request.field(11).isBlank() ? "P" : request.field(11);
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
                "",
                "",
                "",
                request.field(18)));
    }

    private static String acknowledgement(Layout layout, AckOutcome outcome) {
        String text = outcome instanceof Refusal refusal ? layout.text(refusal.text(), MAX_TEXT) : "";
        return layout.fields(List.of("MSA", AckPolicy.codeOf(outcome), layout.request.controlIdAsSent(), text));
    }

    /** Up to 2.4: ERR-1 {@code segment^sequence^field^code&text&HL70357}. */
    private static String oldError(Layout layout, Refusal refusal) {
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
    private static String error(Layout layout, Refusal refusal) {
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
        String text = layout.text(refusal.text(), 250);
        return layout.fields(List.of("ERR", "", place, code, "E", "", "", text, text));
    }

    private static String number(int value) {
        return value > 0 ? String.valueOf(value) : "";
    }

    /** The request's delimiters. */
    private static final class Layout {

        private final Hl7Headers request;
        private final char field;
        private final String encoding;

        Layout(Hl7Headers request) {
            this.request = request;
            this.field = request.fieldSeparator();
            this.encoding = request.encodingCharacters();
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

        /** One line, cut before it is escaped, so that no escape sequence is cut. */
        String text(String text, int limit) {
            String line = text.replaceAll("\\s+", " ").strip();
            String cut = line.length() > limit ? line.substring(0, limit - 1) + "…" : line;
            String escaped = escape(cut);
            while (escaped.length() > limit) {
                cut = cut.substring(0, cut.length() - 1);
                escaped = escape(cut);
            }
            return charset().newEncoder().canEncode(escaped) ? escaped : escaped.replaceAll("[^\\x20-\\x7E]", ".");
        }

        String escape(String text) {
            StringBuilder escaped = new StringBuilder(text.length());
            String names = "SRET";
            char escape = encoding.charAt(2);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                int at = encoding.indexOf(c);
                if (c == field) {
                    escaped.append(escape).append('F').append(escape);
                } else if (at >= 0 && at < names.length()) {
                    escaped.append(escape).append(names.charAt(at)).append(escape);
                } else {
                    escaped.append(c);
                }
            }
            return escaped.toString();
        }

        /** A code of the request that is repeated in ours. */
        String safe(String code) {
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
}
