package io.collimator.workflow.worklist;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * One value of a text key: {@code *} stands for any characters, {@code ?} for exactly one (PS3.4 §C.2.2.2.4). Compared
 * character by character; whoever ignores case folds both sides.
 *
 * @param pattern not empty
 */
record TextPattern(String pattern) {

    boolean hasWildcard() {
        return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
    }

    /** Asterisks only: the same as no key. */
    boolean isUniversal() {
        return pattern.chars().allMatch(c -> c == '*');
    }

    /** In time proportional to the product of both lengths at most. */
    boolean matches(String text) {
        int[] wanted = pattern.codePoints().toArray();
        int[] found = text.codePoints().toArray();
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < found.length) {
            if (p < wanted.length && wanted[p] == '*') {
                star = p++;
                resume = t;
            } else if (p < wanted.length && (wanted[p] == '?' || wanted[p] == found[t])) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < wanted.length && wanted[p] == '*') {
            p++;
        }
        return p == wanted.length;
    }

    /** What a store can look for; it finds more than this pattern, never less. Empty when it would find everything. */
    Optional<TextFilter> filter() {
        if (!hasWildcard()) {
            return Optional.of(new TextFilter(TextFilter.Kind.EQUAL, pattern));
        }
        String[] literals = pattern.split("[*?]+", -1);
        if (!literals[0].isEmpty()) {
            return Optional.of(new TextFilter(TextFilter.Kind.PREFIX, literals[0]));
        }
        return Arrays.stream(literals)
                .max(Comparator.comparingInt(String::length))
                .filter(literal -> !literal.isEmpty())
                .map(literal -> new TextFilter(TextFilter.Kind.INFIX, literal));
    }

    /** Says nothing of the value. */
    @Override
    public String toString() {
        return "TextPattern[…]";
    }
}
