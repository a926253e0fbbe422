package io.collimator.hl7.message;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field as a Terser path names it, for instance {@code OBR-24}, {@code PID-3-4} or {@code OBX(1)-5(0)}: in parentheses
 * which segment of the name and which repetition of the field, from 0, the first one where nothing stands. Components may
 * also stand behind a dot, as in mapping definitions. Groups are not named: a segment is found wherever it stands.
 */
public final class FieldPath {

    private static final Pattern FORM = Pattern.compile(
            "(?:/?\\.|/)?([A-Z][A-Z0-9]{2})(?:\\((\\d{1,3})\\))?-([1-9]\\d{0,2})(?:\\((\\d{1,3})\\))?(?:[-.]([1-9]\\d?)(?:[-.]([1-9]\\d?))?)?");

    private final String segment;
    private final int sequence;
    private final int field;
    private final int repetition;
    private final int component;
    private final int subcomponent;

    private FieldPath(Matcher form) {
        this.segment = form.group(1);
        this.sequence = number(form, 2) + 1;
        this.field = number(form, 3);
        this.repetition = number(form, 4) + 1;
        this.component = number(form, 5);
        this.subcomponent = number(form, 6);
    }

    private static int number(Matcher form, int group) {
        return form.group(group) == null ? 0 : Integer.parseInt(form.group(group));
    }

    /** The path that a text is; empty when it is none. */
    public static Optional<FieldPath> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        return form.matches() ? Optional.of(new FieldPath(form)) : Optional.empty();
    }

    public String segment() {
        return segment;
    }

    /** What the message holds there, unescaped; empty when nothing was sent, or two double quotes. */
    public Optional<String> in(Hl7Message message) {
        return message.segments().stream()
                .filter(found -> found.name().equals(segment) && found.sequence() == sequence)
                .findFirst()
                .map(this::value)
                .filter(value -> !value.isEmpty());
    }

    private String value(Hl7Segment found) {
        int which = component == 0 ? 1 : component;
        return (subcomponent == 0
                        ? found.component(field, repetition, which)
                        : found.value(field, repetition, which, subcomponent))
                .orEmpty();
    }
}
