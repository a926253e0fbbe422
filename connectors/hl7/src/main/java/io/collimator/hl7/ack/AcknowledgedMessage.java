package io.collimator.hl7.ack;

import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.message.Hl7Segment;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Whether an acknowledgement is to the message that was sent: its MSA-2 is the message's MSH-10 (HL7 v2.5.1 §2.15.8.2).
 *
 * <p>Sender and receiver may read the same bytes in different character sets, so that equal bytes count as well as equal
 * texts.
 */
public final class AcknowledgedMessage {

    private AcknowledgedMessage() {}

    /** MSH-10 of a message, byte for byte; "" when it has none. */
    public static String controlIdOf(byte[] message) {
        return Hl7Headers.read(message, StandardCharsets.ISO_8859_1)
                .map(Hl7Headers::controlIdAsSent)
                .orElse("");
    }

    /**
     * @param controlId as {@link #controlIdOf} reads it
     * @param msa of the answer
     * @param answer its bytes
     */
    public static boolean isMeant(String controlId, Hl7Segment msa, byte[] answer) {
        String sent = controlId.strip();
        return msa.value(2).orEmpty().strip().equals(sent)
                || asSent(answer).strip().equals(sent);
    }

    private static String asSent(byte[] answer) {
        return new String(answer, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith("MSA") && line.length() > 3)
                .map(line -> line.split(Pattern.quote(line.substring(3, 4)), -1))
                .map(fields -> fields.length > 2 ? fields[2] : "")
                .findFirst()
                .orElse("");
    }
}
