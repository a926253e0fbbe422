package io.collimator.dicom.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A unique identifier: digits and dots, no component with a leading zero, at most 64 characters (PS3.5 §9).
 *
 * <p>The constructor throws {@link IllegalArgumentException} when the text is none; {@link #parse} does not.
 */
public record Uid(String value) implements Comparable<Uid> {

    public static final int MAX_LENGTH = 64;

    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*))+");

    public Uid {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "\"%s\" is no UID; PS3.5 §9 allows 1 to 64 digits and dots, no component with a leading zero."
                            .formatted(value.length() > 80 ? value.substring(0, 80) + "…" : value));
        }
    }

    public static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
    }

    public static Optional<Uid> parse(String text) {
        return isValid(text) ? Optional.of(new Uid(text)) : Optional.empty();
    }

    /** {@code 2.25.} and the UUID as a decimal number (PS3.5 §B.2). */
    public static Uid of(UUID uuid) {
        byte[] bits = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return new Uid("2.25." + new BigInteger(1, bits));
    }

    /** The same UID for the same name, always: a name-based UUID under {@code 2.25.}. */
    public static Uid ofName(String name) {
        return of(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public int compareTo(Uid other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
