package io.collimator.workflow.result;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;

/**
 * How far a result has come: OBR-25 (HL7 v2.5.1 table 0123). First what comes before the final one, then the final one; what
 * takes a final one back, as corrected or as cancelled, comes after it.
 */
public enum ResultStatus {
    ORDER_RECEIVED("O", "order-received", 0),
    INCOMPLETE("I", "incomplete", 0),
    SCHEDULED("S", "scheduled", 0),
    NO_ORDER("Y", "no-order", 0),
    NO_PATIENT("Z", "no-patient", 0),
    /** OBR-25 is empty or none of the table, and the observations do not tell either. */
    UNKNOWN("", "unknown", 0),
    PARTIAL("A", "partial", 0),
    UNVERIFIED("R", "unverified", 0),
    PRELIMINARY("P", "preliminary", 0),
    FINAL("F", "final", 1),
    CORRECTED("C", "corrected", 2),
    /** Nothing was reported and nothing will be, or what was reported is withdrawn. */
    CANCELLED("X", "cancelled", 2);

    private final String code;
    private final String label;
    private final int rank;

    ResultStatus(String code, String label, int rank) {
        this.code = code;
        this.label = label;
        this.rank = rank;
    }

    /**
     * The status of a group.
     *
     * @param code OBR-25; a code of OBX-11 alone (D, U, W) is read as there
     * @param observations OBX-11 of its observations (table 0085), which decide where OBR-25 does not: the least advanced, but
     *     what is final and in part corrected is corrected
     */
    public static ResultStatus of(String code, Collection<String> observations) {
        ResultStatus own = ofCode(code);
        if (own != UNKNOWN) {
            return own;
        }
        Set<ResultStatus> found = EnumSet.noneOf(ResultStatus.class);
        observations.stream()
                .map(ResultStatus::ofObservation)
                .filter(status -> status != UNKNOWN)
                .forEach(found::add);
        ResultStatus least = found.stream()
                .min(Comparator.comparingInt(ResultStatus::rank).thenComparing(Comparator.naturalOrder()))
                .orElse(UNKNOWN);
        return least == FINAL && found.contains(CORRECTED) ? CORRECTED : least;
    }

    /** OBR-25 (table 0123); empty when {@link #UNKNOWN}. */
    public String code() {
        return code;
    }

    /** The event type on the queue is {@code result.} and this. */
    public String label() {
        return label;
    }

    /** 0 before the final result, 1 final, 2 corrected or cancelled. */
    public int rank() {
        return rank;
    }

    private static ResultStatus ofCode(String code) {
        return Arrays.stream(values())
                .filter(status -> status.code.equals(code.strip()))
                .findFirst()
                .orElseGet(() -> ofObservation(code));
    }

    private static ResultStatus ofObservation(String code) {
        return switch (code.strip()) {
            case "F", "U" -> FINAL;
            case "C", "D", "W" -> CORRECTED;
            case "P" -> PRELIMINARY;
            case "R" -> UNVERIFIED;
            case "S" -> PARTIAL;
            case "I" -> INCOMPLETE;
            case "X" -> CANCELLED;
            default -> UNKNOWN;
        };
    }
}
