package io.collimator.workflow.order;

import java.util.Optional;

/**
 * Accession Number (0008,0050): 1 to 16 characters, no backslash, no control character; case-sensitive, never cut. The
 * constructor strips spaces around it and throws {@link IllegalArgumentException} when it is none.
 */
public record AccessionNumber(String value) implements Comparable<AccessionNumber> {

    public static final int MAX_LENGTH = 16;

    public AccessionNumber {
        value = value.strip();
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "AccessionNumber has %d characters or one that is not allowed; DICOM SH allows 1 to 16, no backslash and no control character. It is never cut: send a shorter one."
                            .formatted(value.length()));
        }
    }

    public static Optional<AccessionNumber> parse(String text) {
        String stripped = text.strip();
        return isValid(stripped) ? Optional.of(new AccessionNumber(stripped)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
    }

    @Override
    public int compareTo(AccessionNumber other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
