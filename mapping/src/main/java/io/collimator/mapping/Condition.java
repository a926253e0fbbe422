package io.collimator.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition that can be read aloud: {@code OBR-24 is CT}, {@code OBR-4 is one of A, B}, {@code PID-35 is present},
 * {@code OBR-4.2 does not start with "CT HEAD"}; a value with blanks stands in quotes. Case does not count; of several values, one that fits is enough.
 *
 * @param text as written
 * @param values in upper case; none for {@code is empty} and {@code is present}
 * @param negated whether it holds when the test does not
 */
record Condition(String text, Source subject, Test test, List<String> values, boolean negated) {

    /** Clauses that one rule may have. */
    static final int MAX_CLAUSES = 10;

    private static final int MAX_VALUES = 100;
    private static final int MAX_LENGTH = 2_000;
    private static final Pattern AND = Pattern.compile("\\s+and\\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
    private static final Pattern CLAUSE = Pattern.compile(
            "(not\\s+)?(\\S+(?:\\([^)]*\\)\\S*)?)\\s+(is\\s+not\\s+one\\s+of|is\\s+one\\s+of|is\\s+not\\s+empty|is\\s+empty|is\\s+not\\s+present|is\\s+present|is\\s+not|is|starts\\s+with|does\\s+not\\s+start\\s+with)(?:\\s+(.+))?");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    Condition {
        values = List.copyOf(values);
    }

    /** What is asked of a value. */
    enum Test {
        IS,
        PRESENT,
        STARTS_WITH
    }

    /** The clauses of a text, divided at {@code and} outside quotes. */
    static List<String> clauses(String text) {
        return text.length() > MAX_LENGTH
                ? List.of()
                : AND.splitAsStream(text.strip()).toList();
    }

    /** Empty when the clause is none; its subject is given apart, because it may name an earlier rule. */
    static Optional<Condition> of(String clause, SubjectReader subjects) {
        Matcher matcher = CLAUSE.matcher(clause.strip());
        if (clause.length() > MAX_LENGTH || !matcher.matches()) {
            return Optional.empty();
        }
        Optional<Source> subject = subjects.read(matcher.group(2));
        String predicate = BLANKS.matcher(matcher.group(3)).replaceAll(" ");
        Optional<List<String>> values = values(matcher.group(4), predicate.endsWith("one of"));
        boolean wantsValues = !predicate.endsWith("empty") && !predicate.endsWith("present");
        if (subject.isEmpty() || values.isEmpty() || values.get().isEmpty() == wantsValues) {
            return Optional.empty();
        }
        boolean negated = (matcher.group(1) != null) != predicate.contains(" not");
        Test test = predicate.contains("start") ? Test.STARTS_WITH : wantsValues ? Test.IS : Test.PRESENT;
        boolean opposite = predicate.endsWith("empty");
        return Optional.of(new Condition(clause.strip(), subject.get(), test, values.get(), negated != opposite));
    }

    /** Reads the field or attribute that a clause is about. */
    @FunctionalInterface
    interface SubjectReader {
        Optional<Source> read(String text);
    }

    private static Optional<List<String>> values(String text, boolean several) {
        if (text == null) {
            return Optional.of(List.of());
        }
        List<String> values = new ArrayList<>();
        for (String value : several ? text.split(",", -1) : new String[] {text}) {
            String bare = value.strip();
            boolean isQuoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
            if (isQuoted) {
                bare = bare.substring(1, bare.length() - 1);
            }
            if (bare.isEmpty() || (!isQuoted && BLANKS.matcher(bare).find()) || values.size() == MAX_VALUES) {
                return Optional.empty();
            }
            values.add(bare.toUpperCase(Locale.ROOT));
        }
        return Optional.of(values);
    }

    /** @param found the values of the subject, none of them empty */
    boolean holds(List<String> found) {
        return negated != fits(found);
    }

    private boolean fits(List<String> found) {
        if (test == Test.PRESENT) {
            return !found.isEmpty();
        }
        for (String value : found) {
            String upper = value.strip().toUpperCase(Locale.ROOT);
            if (test == Test.IS ? values.contains(upper) : values.stream().anyMatch(upper::startsWith)) {
                return true;
            }
        }
        return false;
    }
}
