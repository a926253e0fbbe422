package io.collimator.hl7.message;

/**
 * Bounds on one message; beyond them it is refused before it is parsed.
 *
 * @param maxSegments segments in a message
 * @param maxDelimiters field, repetition, component and subcomponent separators in a message
 */
public record Hl7Limits(int maxSegments, int maxDelimiters) {

    /** 2,000 segments, 500,000 separators: far over any order. */
    public static final Hl7Limits DEFAULT = new Hl7Limits(2_000, 500_000);

    public Hl7Limits {
        if (maxSegments < 1 || maxDelimiters < 1) {
            throw new IllegalArgumentException(
                    "Message limits are %d segments and %d separators; both must be positive."
                            .formatted(maxSegments, maxDelimiters));
        }
    }
}
