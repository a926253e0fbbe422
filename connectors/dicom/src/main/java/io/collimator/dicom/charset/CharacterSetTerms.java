package io.collimator.dicom.charset;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The defined terms of (0008,0005) (PS3.3 §C.12.1.1.2) and how peers misspell them. */
final class CharacterSetTerms {

    /**
     * Sets that stand alone, without code extensions.
     *
     * @param term the defined term
     */
    record Whole(String term, Charset charset) {}

    static final Whole UTF_8 = new Whole("ISO_IR 192", StandardCharsets.UTF_8);
    private static final Whole GB18030 = new Whole("GB18030", Charset.forName("GB18030"));
    private static final Whole GBK = new Whole("GBK", Charset.forName("GBK"));

    /** {@code ISO_IR 100}, {@code ISO-IR 100}, {@code ISO_IR_100}, {@code ISO_IR100}, {@code ISO 2022 IR 100}, {@code IR 100}. */
    private static final Pattern REGISTERED = Pattern.compile("(?:ISO ?)?(?:2022 ?)?IR ?(\\d{1,3})");

    private static final Pattern LATIN = Pattern.compile("(?:ISO ?)?8859 ?(\\d{1,2})");
    private static final Pattern LATIN_NUMBER = Pattern.compile("LATIN ?1");

    private CharacterSetTerms() {}

    static Optional<Whole> whole(String term) {
        return switch (folded(term)) {
            case "ISO IR 192", "ISO IR192", "ISO 2022 IR 192", "IR 192", "UTF8", "UTF 8", "UNICODE" ->
                Optional.of(UTF_8);
            case "GB18030", "GB 18030" -> Optional.of(GB18030);
            case "GBK" -> Optional.of(GBK);
            default -> Optional.empty();
        };
    }

    static Optional<CodedCharacterSet> coded(String term) {
        String folded = folded(term);
        Matcher registered = REGISTERED.matcher(folded);
        if (registered.matches()) {
            return CodedCharacterSet.ofNumber(registered.group(1));
        }
        Matcher latin = LATIN.matcher(folded);
        if (latin.matches()) {
            return ofPart(latin.group(1));
        }
        if (LATIN_NUMBER.matcher(folded).matches()) {
            return Optional.of(CodedCharacterSet.IR_100);
        }
        return switch (folded) {
            case "", "ISO 646", "ASCII", "US ASCII" -> Optional.of(CodedCharacterSet.IR_6);
            default -> Optional.empty();
        };
    }

    private static Optional<CodedCharacterSet> ofPart(String part) {
        for (CodedCharacterSet set : CodedCharacterSet.values()) {
            if (set.charset().name().equals("ISO-8859-" + part)) {
                return Optional.of(set);
            }
        }
        return Optional.empty();
    }

    /** The sets in use, the one of the start first; unknown terms and repeated ones left out. */
    static List<CodedCharacterSet> codedSets(List<String> terms) {
        List<CodedCharacterSet> sets = new ArrayList<>();
        for (String term : terms) {
            coded(term).filter(set -> !sets.contains(set)).ifPresent(sets::add);
        }
        // a set of two bytes cannot be there at the start (PS3.3 §C.12.1.1.2); ASCII is
        if (sets.isEmpty() || sets.get(0).isTwoBytes()) {
            sets.remove(CodedCharacterSet.IR_6);
            sets.add(0, CodedCharacterSet.IR_6);
        }
        return sets;
    }

    /** As (0008,0005) holds them. */
    static List<String> termsOf(List<CodedCharacterSet> sets) {
        if (sets.size() == 1) {
            return sets.get(0) == CodedCharacterSet.IR_6
                    ? List.of()
                    : List.of(sets.get(0).singleTerm());
        }
        List<String> terms = new ArrayList<>();
        sets.forEach(set -> terms.add(terms.isEmpty() && set == CodedCharacterSet.IR_6 ? "" : set.extensionTerm()));
        return terms;
    }

    private static String folded(String term) {
        if (term.equals(UTF_8.term())) {
            return "ISO IR 192";
        }
        return term.strip().toUpperCase(Locale.ROOT).replaceAll("[\\s_-]+", " ");
    }
}
