package io.collimator.dicom.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A name of VR PN (PS3.5 §6.2.1): the same name in up to three writings. A group that is not there is empty, not null.
 *
 * <p>{@link #toString()} hides the name; {@link #format()} writes it.
 *
 * @param alphabetic in Latin letters, as a rule
 * @param ideographic for instance in kanji
 * @param phonetic for instance in kana
 */
public record PersonName(Group alphabetic, Group ideographic, Group phonetic) {

    /** Longest component group in characters, its delimiters included. */
    public static final int MAX_GROUP_LENGTH = 64;

    /**
     * One writing of a name. No component holds {@code ^ = \}.
     *
     * @param family family name complex
     * @param given given name complex
     * @param middle middle names
     * @param prefix before the name, for instance a title
     * @param suffix after the name, for instance degrees
     */
    public record Group(String family, String given, String middle, String prefix, String suffix) {

        public static final Group EMPTY = new Group("", "", "", "", "");

        public Group {
            for (String component : List.of(family, given, middle, prefix, suffix)) {
                if (component.chars().anyMatch(c -> c == '^' || c == '=' || c == '\\')) {
                    throw new IllegalArgumentException(
                            "A component of a person name holds one of ^ = \\, which delimit (PS3.5 §6.2.1); replace it.");
                }
            }
        }

        public boolean isEmpty() {
            return equals(EMPTY);
        }

        /** Components with carets, trailing empty ones dropped. */
        public String format() {
            return join("^", Stream.of(family, given, middle, prefix, suffix));
        }

        static Group parse(String text) {
            String[] components = split(text, "^", 5, "components");
            return new Group(components[0], components[1], components[2], components[3], components[4]);
        }

        @Override
        public String toString() {
            return isEmpty() ? "Group[empty]" : "Group[…]";
        }
    }

    /** A name in Latin letters only. */
    public static PersonName of(String family, String given) {
        return new PersonName(new Group(family, given, "", "", ""), Group.EMPTY, Group.EMPTY);
    }

    /**
     * Reads one value; blanks around components do not count, trailing empty components and groups neither.
     *
     * @throws IllegalArgumentException when it has more than three groups, a group has more than five components, or
     *     there is a backslash
     */
    public static PersonName parse(String value) {
        String[] groups = split(value, "=", 3, "component groups");
        return new PersonName(Group.parse(groups[0]), Group.parse(groups[1]), Group.parse(groups[2]));
    }

    public boolean isEmpty() {
        return alphabetic.isEmpty() && ideographic.isEmpty() && phonetic.isEmpty();
    }

    /** The value for the wire: groups with equals signs, trailing empty ones dropped; "" when there is no name. */
    public String format() {
        return join("=", Stream.of(alphabetic.format(), ideographic.format(), phonetic.format()));
    }

    /** The groups in order, empty ones included. */
    public List<Group> groups() {
        return List.of(alphabetic, ideographic, phonetic);
    }

    private static String[] split(String text, String delimiter, int most, String what) {
        String[] parts = text.split(Pattern.quote(delimiter), -1);
        boolean fits = Arrays.stream(parts).skip(most).allMatch(String::isBlank);
        if (!fits) {
            throw new IllegalArgumentException(
                    "A person name has %d %s; PS3.5 §6.2.1 allows %d.".formatted(parts.length, what, most));
        }
        String[] filled = new String[most];
        Arrays.fill(filled, "");
        for (int i = 0; i < Math.min(parts.length, most); i++) {
            filled[i] = parts[i].strip();
        }
        return filled;
    }

    private static String join(String delimiter, Stream<String> parts) {
        List<String> all = parts.collect(Collectors.toCollection(ArrayList::new));
        while (!all.isEmpty() && all.get(all.size() - 1).isEmpty()) {
            all.remove(all.size() - 1);
        }
        return String.join(delimiter, all);
    }

    @Override
    public String toString() {
        return isEmpty() ? "PersonName[empty]" : "PersonName[…]";
    }
}
