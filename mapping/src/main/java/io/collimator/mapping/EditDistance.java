package io.collimator.mapping;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** How many characters two names differ by (Levenshtein), to suggest what was meant. */
public final class EditDistance {

    private static final int NEAR = 4;
    private static final int SHORTEST_PART = 3;

    /** Nobody misspells more, and the work grows with both lengths. */
    private static final int LONGEST = 200;

    private EditDistance() {}

    /** Of the known names the one that is most like this one, or is its beginning or end; empty when none is. */
    public static Optional<String> nearest(Collection<String> known, String name) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        int near = Math.min(NEAR, Math.max(1, name.length() / 2));
        return known.stream()
                .filter(one -> between(one, name) <= near)
                .min(Comparator.<String>comparingInt(one -> between(one, name)).thenComparing(one -> one))
                .or(() -> known.stream()
                        .filter(one -> isPartOf(one, name) || isPartOf(name, one))
                        .min(Comparator.comparingInt(String::length).thenComparing(one -> one)));
    }

    private static boolean isPartOf(String whole, String part) {
        return part.length() >= SHORTEST_PART && (whole.startsWith(part) || whole.endsWith(part));
    }

    /** The end of a finding: {@code " Did you mean X?"}, or "" when nothing is like it. */
    public static String hint(Collection<String> known, String name) {
        return nearest(known, name)
                .map(near -> " Did you mean %s?".formatted(near))
                .orElse("");
    }

    private static int between(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
