package io.collimator.engine.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** How many characters two names differ by (Levenshtein), to suggest what was meant. */
public final class EditDistance {

    private static final int NEAR = 4;

    private EditDistance() {}

    /** Of the known names the one that is most like this one; empty when none is. */
    public static Optional<String> nearest(Collection<String> known, String name) {
        return known.stream()
                .filter(one -> between(one, name) <= NEAR)
                .min(Comparator.<String>comparingInt(one -> between(one, name)).thenComparing(one -> one));
    }

    static int between(String one, String other) {
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
