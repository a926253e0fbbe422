package io.collimator.engine.config;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Texts that hold several values where one is meant. */
final class OneValue {

    private static final String BRACKETS = "(?s)[\\[({].*[\\])}]";
    private static final String BETWEEN = "[,;|\\s\"'\\[\\](){}]+";

    private OneValue() {}

    /**
     * Whether it reads like a list.
     *
     * @param isOne whether a part of it is a value
     */
    static boolean isList(String text, Predicate<String> isOne) {
        List<String> parts = parts(text);
        return (parts.size() > 1 || text.strip().matches(BRACKETS))
                && parts.stream().allMatch(isOne);
    }

    static List<String> parts(String text) {
        return Arrays.stream(text.split(BETWEEN))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /**
     * The finding on a text that is not what was expected.
     *
     * @param expected without a full stop
     */
    static String fix(String text, Predicate<String> isOne, String expected) {
        return isList(text, isOne)
                ? "is a list where one value is meant; expected %s.".formatted(expected)
                : "is not valid; expected %s.".formatted(expected);
    }
}
