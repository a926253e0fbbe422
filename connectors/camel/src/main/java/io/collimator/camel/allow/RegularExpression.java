package io.collimator.camel.allow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Judges a regular expression before it meets a message: a repetition inside a repeated group, or alternatives in one that
 * begin alike, can be matched in so many ways that the time doubles with each further character.
 */
final class RegularExpression {

    private static final int MAX_LENGTH = 500;

    /** A group that may come more often than this is a repeated one. */
    private static final int FEW = 9;

    private static final int LAST_PROBED = 0x17F;
    private static final String ANY = ".";
    private static final Pattern QUANTIFIER = Pattern.compile("([*+?]|\\{(\\d+)(,(\\d*))?})([+?]?)");
    private static final Pattern OPENING = Pattern.compile("\\?(?:<[A-Za-z][A-Za-z0-9]*>|<?[=!]|[:>]|[a-zA-Z-]*[:)])");

    private final String pattern;
    private final Deque<Group> open = new ArrayDeque<>();
    private int at;

    private RegularExpression(String pattern) {
        this.pattern = pattern;
    }

    /** What is wrong with it, with the fix; empty when nothing is. */
    static Optional<String> problem(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            return Optional.of("The pattern has over %d characters; write a shorter one.".formatted(MAX_LENGTH));
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            return Optional.of("This is no regular expression (%s); correct it.".formatted(e.getDescription()));
        }
        return new RegularExpression(pattern).isCatastrophic()
                ? Optional.of(
                        "A repeated group that holds a repetition, or alternatives that begin alike, takes a time that doubles with each character of some texts, and stops the route. Write one repetition only, or a possessive one such as a++.")
                : Optional.empty();
    }

    private static final class Group {
        private final boolean atomic;
        private boolean repeats;
        private boolean awaitsFirst = true;
        private final List<String> firsts = new ArrayList<>();

        Group(boolean atomic) {
            this.atomic = atomic;
        }

        void atom(String text) {
            if (awaitsFirst) {
                firsts.add(text);
                awaitsFirst = false;
            }
        }

        /** Whether two alternatives may begin with the same character. */
        boolean isAmbiguous() {
            for (int i = 0; i < firsts.size(); i++) {
                for (int j = i + 1; j < firsts.size(); j++) {
                    if (overlap(Pattern.compile(firsts.get(i)), Pattern.compile(firsts.get(j)))) {
                        return true;
                    }
                }
            }
            return false;
        }

        private static boolean overlap(Pattern one, Pattern other) {
            for (char c = 0; c <= LAST_PROBED; c++) {
                String text = String.valueOf(c);
                if (one.matcher(text).matches() && other.matcher(text).matches()) {
                    return true;
                }
            }
            return false;
        }
    }

    private boolean isCatastrophic() {
        open.push(new Group(false));
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '(') {
                openGroup();
            } else if (c == ')') {
                at++;
                if (closes()) {
                    return true;
                }
            } else if (c == '|') {
                at++;
                group().awaitsFirst = true;
            } else if (c == '^' || c == '$') {
                at++;
            } else {
                group().atom(atom(c));
                group().repeats |= quantity() > 1;
            }
        }
        return false;
    }

    private Group group() {
        return open.peek() == null ? new Group(false) : open.peek();
    }

    private void openGroup() {
        Matcher opening = OPENING.matcher(pattern).region(at + 1, pattern.length());
        boolean special = opening.lookingAt();
        String kind = special ? opening.group() : "";
        at = special ? opening.end() : at + 1;
        if (!kind.endsWith(")")) {
            group().atom(ANY);
            open.push(new Group(kind.equals("?>")));
        }
    }

    /** Whether the group that ends here can be matched in too many ways. */
    private boolean closes() {
        Group closed = open.pop();
        int quantity = quantity();
        if (quantity > FEW && !closed.atomic && (closed.repeats || closed.isAmbiguous())) {
            return true;
        }
        group().repeats |= !closed.atomic && (closed.repeats || quantity > 1);
        return false;
    }

    /** How often what stands before may come, when that is not fixed; 1 for once, and for what never goes back. */
    private int quantity() {
        Matcher quantifier = QUANTIFIER.matcher(pattern).region(at, pattern.length());
        if (!quantifier.lookingAt()) {
            return 1;
        }
        at = quantifier.end();
        String kind = quantifier.group(1);
        boolean fixed = kind.startsWith("{") && quantifier.group(3) == null;
        if (quantifier.group(5).equals("+") || kind.equals("?")) {
            return 1;
        }
        if (fixed) {
            return Integer.parseInt(quantifier.group(2)) > FEW && pattern.charAt(quantifier.start() - 1) == ')'
                    ? Integer.MAX_VALUE
                    : 1;
        }
        String most = quantifier.group(4);
        return most == null || most.isEmpty() || most.length() > FEW ? Integer.MAX_VALUE : Integer.parseInt(most);
    }

    /** An escape, a class or a character; what a text of one character matches when it can begin with it. */
    private String atom(char c) {
        int start = at++;
        if (c == '\\') {
            if (pattern.startsWith("Q", at)) {
                int end = pattern.indexOf("\\E", at);
                at = end < 0 ? pattern.length() : end + 2;
                return ANY;
            }
            boolean named = at < pattern.length() && "pP".indexOf(pattern.charAt(at)) >= 0;
            at++;
            if (named && pattern.startsWith("{", at)) {
                at = pattern.indexOf('}', at) + 1;
            } else if (named) {
                at++;
            }
            String escape = pattern.substring(start, Math.min(at, pattern.length()));
            return named || escape.matches("\\\\[wWdDsStrnf.+*?()\\[\\]{}|^$/\\\\-]") ? escape : ANY;
        }
        if (c == '[') {
            int depth = 1;
            at += pattern.startsWith("^", at) ? 1 : 0;
            at += pattern.startsWith("]", at) ? 1 : 0;
            while (at < pattern.length() && depth > 0) {
                char next = pattern.charAt(at++);
                depth += next == '[' ? 1 : next == ']' ? -1 : 0;
                at += next == '\\' ? 1 : 0;
            }
            return pattern.substring(start, at);
        }
        return c == '.' ? ANY : Pattern.quote(String.valueOf(c));
    }
}
