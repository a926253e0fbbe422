package io.collimator.workflow.worklist;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A person's name as it is compared: without regard to case, accents, repeated spaces and empty trailing components
 * (PS3.4 §C.2.2.2.1 leaves case and accents to us). {@code A^B} equals {@code A^B^^^} and not {@code A^B^M}.
 *
 * @param groups alphabetic, ideographic, phonetic; as many as the name has, empty ones included
 */
public record FoldedName(List<String> groups) {

    /** Accents of Latin, Greek and Cyrillic; the marks of other scripts tell letters apart. */
    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036F]+");

    /** Letters with a stroke and ligatures, which do not fall apart into a letter and an accent. */
    private static final Map<String, String> PLAIN = Map.of(
            "\u00F8", "o", "\u0142", "l", "\u0111", "d", "\u00F0", "d", "\u00FE", "th", "\u00E6", "ae", "\u0153", "oe",
            "\u0131", "i");

    private static final Pattern STROKED = Pattern.compile("[" + String.join("", PLAIN.keySet()) + "]");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern AROUND_COMPONENTS = Pattern.compile(" ?\\^ ?");

    public FoldedName {
        groups = List.copyOf(groups);
    }

    /** Folds a PN value; wildcards stay what they are. */
    public static FoldedName of(String name) {
        List<String> groups = new ArrayList<>();
        for (String group : name.split("=", -1)) {
            groups.add(fold(group));
        }
        return new FoldedName(groups);
    }

    private static String fold(String group) {
        String letters = ACCENTS.matcher(Normalizer.normalize(group, Normalizer.Form.NFKD))
                .replaceAll("");
        // upper case first: it turns sharp s into ss
        String lower = letters.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String plain = STROKED.matcher(lower).replaceAll(found -> PLAIN.getOrDefault(found.group(), found.group()));
        // put together again, so that a question mark is one syllable of Hangul and not a part of it
        String folded = Normalizer.normalize(plain, Normalizer.Form.NFKC);
        String spaced = SPACES.matcher(folded).replaceAll(" ").strip();
        String tight = AROUND_COMPONENTS.matcher(spaced).replaceAll("^");
        int end = tight.length();
        while (end > 0 && tight.charAt(end - 1) == '^') {
            end--;
        }
        return tight.substring(0, end).strip();
    }

    /** Says nothing of the name. */
    @Override
    public String toString() {
        return "FoldedName[…]";
    }
}
