package io.collimator.workflow.order;

import io.collimator.dicom.identity.AssigningAuthority;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Accession Number (0008,0050) with who gave it (0008,0051): two systems may both have given the same one. Case-sensitive,
 * never cut. The constructor strips spaces around it and throws {@link IllegalArgumentException} when it is none.
 *
 * @param value 1 to 16 characters, no backslash, no control character
 * @param issuer {@linkplain AssigningAuthority#key() key} of the assigning authority, null when nobody named one
 */
public record AccessionNumber(String value, @Nullable String issuer) implements Comparable<AccessionNumber> {

    public static final int MAX_LENGTH = 16;

    /** No accession number holds one. */
    private static final char BEFORE_ISSUER = '\\';

    private static final Comparator<AccessionNumber> ORDER = Comparator.comparing(AccessionNumber::key);

    public AccessionNumber {
        value = value.strip();
        issuer = issuer == null || issuer.isBlank() ? null : issuer.strip();
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "AccessionNumber has %d characters or one that is not allowed; DICOM SH allows 1 to 16, no backslash and no control character. It is never cut: send a shorter one."
                            .formatted(value.length()));
        }
    }

    /** One of which nobody says who gave it. */
    public AccessionNumber(String value) {
        this(value, null);
    }

    public static Optional<AccessionNumber> parse(String text) {
        String stripped = text.strip();
        return isValid(stripped) ? Optional.of(new AccessionNumber(stripped)) : Optional.empty();
    }

    /** The number with this {@link #key()}. */
    public static AccessionNumber ofKey(String key) {
        int end = key.indexOf(BEFORE_ISSUER);
        return end < 0 ? new AccessionNumber(key) : new AccessionNumber(key.substring(0, end), key.substring(end + 1));
    }

    private static boolean isValid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
    }

    /** Number and issuer as one text; the number itself where there is no issuer. */
    public String key() {
        return issuer == null ? value : value + BEFORE_ISSUER + issuer;
    }

    /** Who gave it, empty when nobody named one. */
    public Optional<AssigningAuthority> authority() {
        return AssigningAuthority.ofKey(issuer);
    }

    public AccessionNumber withIssuer(@Nullable String newIssuer) {
        return new AccessionNumber(value, newIssuer);
    }

    /** Whether both are the same number and not of two issuers. */
    public boolean mayBe(AccessionNumber other) {
        return value.equals(other.value)
                && (issuer == null || other.issuer == null || Objects.equals(issuer, other.issuer));
    }

    @Override
    public int compareTo(AccessionNumber other) {
        return ORDER.compare(this, other);
    }

    /** The number alone: as people know it. */
    @Override
    public String toString() {
        return value;
    }
}
