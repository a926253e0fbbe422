package io.collimator.dicom.charset;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written for letters and signs that a character set may not hold: Cyrillic as in passports (ICAO Doc 9303-3 §6,
 * table B, without the exceptions of single languages), Greek by ISO 843:1997 type 1 without marks, Latin letters that have no
 * marks to drop, and the signs of typography.
 */
final class TransliterationTable {

    private static final String LATIN =
            "ł l, đ d, ð d, ø o, Æ AE, æ ae, Œ OE, œ oe, ß ss, ẞ SS, þ th, ħ h, ı i, ŋ n, ĸ k,"
                    + " ŧ t, ŀ l, Ŀ L, ŉ n, ə e";

    private static final String CYRILLIC =
            "а a, б b, в v, г g, д d, е e, ё e, ж zh, з z, и i, й i, к k, л l, м m, н n, о o,"
                    + " п p, р r, с s, т t, у u, ф f, х kh, ц ts, ч ch, ш sh, щ shch, ъ ie, ы y, ь, э e, ю iu, я ia, ђ d, ѓ g, є ie,"
                    + " ѕ dz, і i, ї i, ј j, љ lj, њ nj, ћ c, ќ k, ў u, џ dz, ѫ u, ѵ y, ґ g, ғ g, һ c";

    private static final String GREEK =
            "α a, β v, γ g, δ d, ε e, ζ z, η i, θ th, ι i, κ k, λ l, μ m, ν n, ξ x, ο o, π p, ρ r,"
                    + " σ s, ς s, τ t, υ y, φ f, χ ch, ψ ps, ω o";

    private static final String SIGNS = "‘ ', ’ ', ‚ ', ‛ ', “ \", ” \", „ \", ‟ \", ‹ ', › ', « \", » \", ′ ', ″ \","
            + " ʹ ', ʺ \", ʻ ', ʼ ', ‐ -, ‑ -, ‒ -, – -, — -, ― -, − -, … ..., € EUR, № No";

    /** Blanks of other widths. */
    private static final String BLANKS =
            "\u00A0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000";

    /** They show nothing: where a word may be broken or not, and a byte order mark. */
    private static final String INVISIBLE = "\u00AD\u200B\u200C\u200D\u2060\uFEFF";

    private static final Map<Integer, String> LETTERS = letters();

    private TransliterationTable() {}

    private static Map<Integer, String> letters() {
        Map<Integer, String> letters = new HashMap<>();
        for (String table : new String[] {LATIN, CYRILLIC, GREEK, SIGNS}) {
            Arrays.stream(table.split(", ?"))
                    .map(String::strip)
                    .forEach(entry ->
                            letters.put(entry.codePointAt(0), entry.substring(1).strip()));
        }
        BLANKS.codePoints().forEach(blank -> letters.put(blank, " "));
        INVISIBLE.codePoints().forEach(sign -> letters.put(sign, ""));
        return Map.copyOf(letters);
    }

    /** What stands for the character, of a capital that has no entry of its own in small letters; null when nothing does. */
    static @Nullable String of(int character) {
        String own = LETTERS.get(character);
        return own != null || !Character.isUpperCase(character) ? own : LETTERS.get(Character.toLowerCase(character));
    }
}
