package io.collimator.hl7.ack;

import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.outcome.AckOutcome;
import io.collimator.hl7.outcome.AckOutcome.Accepted;
import io.collimator.hl7.outcome.AckOutcome.ContentError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which acknowledgements a message asks for by MSH-15 and MSH-16 (HL7 v2.5.1 §2.9.2, §2.9.3, table 0155). Both empty is
 * the original mode: one application acknowledgement.
 *
 * @param accept MSH-15: CA, CE or CR
 * @param application MSH-16, or the original mode: AA, AE or AR
 */
public record AckMode(Wish accept, Wish application) {

    /** Table 0155. */
    public enum Wish {
        /** AL. */
        ALWAYS,
        /** NE. */
        NEVER,
        /** ER: on refusal only. */
        ON_ERROR,
        /** SU: on acceptance only. */
        ON_SUCCESS;

        boolean wants(boolean accepted) {
            return this == ALWAYS || this == (accepted ? ON_SUCCESS : ON_ERROR);
        }

        /** A value that the table does not have asks for an answer: silence is the worse mistake. */
        private static Wish of(String code) {
            return switch (code) {
                case "NE", "" -> NEVER;
                case "ER" -> ON_ERROR;
                case "SU" -> ON_SUCCESS;
                default -> ALWAYS;
            };
        }
    }

    /** One application acknowledgement, whatever became of the message. */
    public static final AckMode ORIGINAL = new AckMode(Wish.NEVER, Wish.ALWAYS);

    /** The mode of a message. MSH-15 alone empty means that no accept acknowledgement is asked for. */
    public static AckMode of(Hl7Headers headers) {
        String accept = code(headers.field(15));
        String application = code(headers.field(16));
        return accept.isEmpty() && application.isEmpty()
                ? ORIGINAL
                : new AckMode(Wish.of(accept), Wish.of(application));
    }

    private static String code(String field) {
        String code = field.strip().toUpperCase(Locale.ROOT);
        return code.equals("\"\"") ? "" : code;
    }

    /** Whether nothing is ever answered. */
    public boolean isSilent() {
        return accept == Wish.NEVER && application == Wish.NEVER;
    }

    /**
     * MSA-1 of each acknowledgement to send, in order; none, one or two. A message that is rejected for its header gets
     * no further than CR (§2.9.3.1); one whose content is wrong is CA and then AE, or CE when nobody asks for the AE.
     */
    public List<String> codes(AckOutcome outcome) {
        boolean accepted = outcome instanceof Accepted;
        boolean applicationWanted = application.wants(accepted);
        List<String> codes = new ArrayList<>(2);
        if (outcome instanceof ContentError && applicationWanted) {
            if (accept.wants(true)) {
                codes.add("CA");
            }
        } else if (accept.wants(accepted)) {
            codes.add(accepted ? "CA" : outcome instanceof ContentError ? "CE" : "CR");
        }
        if (applicationWanted && !codes.contains("CR")) {
            codes.add(AckPolicy.codeOf(outcome));
        }
        return List.copyOf(codes);
    }
}
