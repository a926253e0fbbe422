package io.collimator.workflow.order;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field of a message as a sender's profile names it.
 *
 * @param text as it is written there, for instance {@code ORC-3.1}
 * @param segment name, for instance {@code ORC}
 * @param field from 1
 */
public record NamedField(String text, String segment, int field) {

    private static final Pattern FORM =
            Pattern.compile("(?:[A-Z][A-Z0-9]{2}/)?([A-Z][A-Z0-9]{2})(?:\\([^)]*\\))?-(\\d{1,3})\\D?.*");

    /** Empty when the text names no field of a segment. */
    public static Optional<NamedField> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new NamedField(text, matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
