package io.collimator.dicom.charset;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Text of Latin, Greek and Cyrillic letters, written with what a character set can hold: marks are dropped, letters are
 * replaced by {@link TransliterationTable}. No character is replaced by one that says nothing, and no delimiter of a value
 * comes out of one that is none. Digits and signs stay what they are: of {@code 10⁵} nothing is made. For one text.
 */
public final class Transliteration {

    /** Where one letter must be replaced all of them are: a word in two alphabets is read by nobody. */
    private static final Set<UnicodeScript> REPLACED_AS_A_WHOLE =
            EnumSet.of(UnicodeScript.GREEK, UnicodeScript.CYRILLIC);

    private static final int DIAERESIS = 0x0308;
    private static final String BEFORE_DIPHTHONG = "αεοΑΕΟ";

    private final SpecificCharacterSet set;
    private final int[] text;
    private final Set<UnicodeScript> replaced = EnumSet.noneOf(UnicodeScript.class);

    private Transliteration(String text, SpecificCharacterSet set) {
        this.set = set;
        this.text = text.codePoints().toArray();
        for (int character : this.text) {
            UnicodeScript script = UnicodeScript.of(character);
            if (REPLACED_AS_A_WHOLE.contains(script) && !has(character) && !set.canEncode(withoutMarks(character))) {
                replaced.add(script);
            }
        }
    }

    /** The text as the set can hold it, usually as it is; empty when one of its characters cannot be written. */
    public static Optional<String> of(String text, SpecificCharacterSet set) {
        if (set.canEncode(text)) {
            return Optional.of(text);
        }
        String composed = Normalizer.normalize(text, Form.NFC);
        return Optional.ofNullable(new Transliteration(composed, set).write())
                .filter(written -> set.canEncode(written) && !written.isBlank());
    }

    private boolean has(int character) {
        return set.canEncode(Character.toString(character));
    }

    private @Nullable String write() {
        StringBuilder written = new StringBuilder();
        for (int place = 0; place < text.length; place++) {
            String one = write(place);
            if (one == null) {
                return null;
            }
            written.append(one);
        }
        return written.toString();
    }

    private @Nullable String write(int place) {
        int character = text[place];
        boolean isReplaced = replaced.contains(UnicodeScript.of(character));
        if (!isReplaced && has(character)) {
            return Character.toString(character);
        }
        if (isMark(character)) {
            return isOnLetter(place) ? "" : null;
        }
        String plain = hasAlphabet(character) ? withoutMarks(character) : "";
        if (!isReplaced && !plain.isEmpty() && set.canEncode(plain)) {
            return plain;
        }
        String letters = TransliterationTable.of(character);
        return letters == null && !plain.isEmpty() ? partByPart(plain, place) : inCase(letters, place);
    }

    private @Nullable String partByPart(String plain, int place) {
        StringBuilder written = new StringBuilder();
        for (int part : plain.codePoints().toArray()) {
            String letters = inCase(TransliterationTable.of(part), place);
            if (letters == null && !has(part)) {
                return null;
            }
            written.append(letters == null ? Character.toString(part) : letters);
        }
        return written.toString();
    }

    private static boolean hasAlphabet(int character) {
        UnicodeScript script = UnicodeScript.of(character);
        return Character.isLetter(character) && (script == UnicodeScript.LATIN || REPLACED_AS_A_WHOLE.contains(script));
    }

    /** The letters of which a letter is made; "" when there is something else in it. */
    private static String withoutMarks(int character) {
        String letters = Normalizer.normalize(Character.toString(character), Form.NFKD)
                .codePoints()
                .filter(part -> !isMark(part))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return letters.codePoints().allMatch(Character::isLetter) ? letters : "";
    }

    /** Upsilon is the second letter of {@code αυ}, {@code ευ} or {@code ου} (ISO 843). */
    private boolean isDiphthong(int place) {
        String parts = Normalizer.normalize(Character.toString(text[place]), Form.NFD);
        return (parts.startsWith("υ") || parts.startsWith("Υ"))
                && parts.indexOf(DIAERESIS) < 0
                && place > 0
                && BEFORE_DIPHTHONG.indexOf(text[place - 1]) >= 0;
    }

    /** Several letters for a capital are capitals where its neighbour is one: {@code Жуков} and {@code ЖУКОВ}. */
    private @Nullable String inCase(@Nullable String found, int place) {
        String letters = found != null && isDiphthong(place) ? "u" : found;
        if (letters == null || !Character.isUpperCase(text[place])) {
            return letters;
        }
        int neighbour = place + 1 < text.length && Character.isLetter(text[place + 1]) ? place + 1 : place - 1;
        boolean allCapitals = neighbour >= 0 && Character.isUpperCase(text[neighbour]);
        return allCapitals || letters.length() < 2
                ? letters.toUpperCase(Locale.ROOT)
                : letters.substring(0, 1).toUpperCase(Locale.ROOT) + letters.substring(1);
    }

    private static boolean isMark(int character) {
        return Character.getType(character) == Character.NON_SPACING_MARK;
    }

    /** Only there a mark can go: in other scripts it is a vowel. */
    private boolean isOnLetter(int place) {
        int before = place - 1;
        while (before >= 0 && isMark(text[before])) {
            before--;
        }
        UnicodeScript script = before < 0 ? UnicodeScript.UNKNOWN : UnicodeScript.of(text[before]);
        return script == UnicodeScript.LATIN || REPLACED_AS_A_WHOLE.contains(script);
    }
}
