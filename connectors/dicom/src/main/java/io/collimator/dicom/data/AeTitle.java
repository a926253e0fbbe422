package io.collimator.dicom.data;

import java.util.Optional;

/**
 * An application entity title: 1 to 16 printable ASCII characters without backslash; case and inner spaces count,
 * leading and trailing ones do not (PS3.5 §6.2, VR AE). The constructor strips them and throws
 * {@link IllegalArgumentException} when the text is no title.
 */
public record AeTitle(String value) implements Comparable<AeTitle> {

    public static final int MAX_LENGTH = 16;

    public AeTitle {
        value = value.strip();
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "AE title \"%s\" has %d characters or a character that is not allowed; PS3.5 §6.2 allows 1 to 16 printable ASCII characters, no backslash."
                            .formatted(printable(value), value.length()));
        }
    }

    public static Optional<AeTitle> parse(String text) {
        String stripped = text.strip();
        return isValid(stripped) ? Optional.of(new AeTitle(stripped)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().allMatch(c -> c >= 0x20 && c <= 0x7E && c != '\\');
    }

    private static String printable(String text) {
        String cut = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return cut.replaceAll("[^\\x20-\\x7E]", "?");
    }

    @Override
    public int compareTo(AeTitle other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
