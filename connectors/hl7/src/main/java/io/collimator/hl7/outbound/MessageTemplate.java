package io.collimator.hl7.outbound;

import java.util.ArrayList;
import java.util.List;

/**
 * A form of status message as an analyst wrote it: segments with places for values of the queued message (see
 * {@code mapping/templates}).
 */
public final class MessageTemplate {

    private final String name;
    private final List<Line> lines;

    MessageTemplate(String name, List<Line> lines) {
        this.name = name;
        this.lines = List.copyOf(lines);
    }

    /**
     * One segment.
     *
     * @param number of the line in the file, from 1
     * @param optional it is left out when none of its places has a value
     */
    record Line(int number, boolean optional, List<Part> parts) {

        Line {
            parts = List.copyOf(parts);
        }
    }

    sealed interface Part {}

    record Literal(String text) implements Part {}

    /** @param component 0: the whole field */
    record Place(String segment, int field, int component) implements Part {

        String valueIn(QueuedMessage message) {
            return component == 0 ? message.field(segment, field) : message.component(segment, field, component);
        }
    }

    /** The file's name without ending. */
    public String name() {
        return name;
    }

    /**
     * The message in this form, segments ended by CR.
     *
     * @param queued ER7 as {@link OrderStatusMessage} writes it
     * @throws InvalidMessageException when it is no such message
     */
    public String write(String queued) {
        StringBuilder written = new StringBuilder();
        lines(queued).forEach(line -> written.append(line.text()).append('\r'));
        return written.toString();
    }

    /** @param text without the end of the segment */
    record Written(Line line, String text) {}

    /** The segments of the message in this form. */
    List<Written> lines(String queued) {
        QueuedMessage message = QueuedMessage.of(queued);
        List<Written> written = new ArrayList<>();
        for (Line line : lines) {
            StringBuilder segment = new StringBuilder();
            boolean filled = false;
            for (Part part : line.parts()) {
                String value = part instanceof Place place ? place.valueIn(message) : ((Literal) part).text();
                filled |= part instanceof Place && !value.isEmpty();
                segment.append(value);
            }
            if (filled || !line.optional()) {
                written.add(new Written(line, trimmed(segment)));
            }
        }
        return written;
    }

    /** Without the separators of empty components and fields behind the last value. */
    private static String trimmed(StringBuilder segment) {
        String text = segment.toString();
        String encoding = text.startsWith("MSH|^~\\&") ? "MSH|^~\\&" : "";
        String rest = text.substring(encoding.length()).replaceAll("\\^+(?=[|~]|$)", "");
        int end = rest.length();
        while (end > 0 && rest.charAt(end - 1) == '|') {
            end--;
        }
        return encoding + rest.substring(0, end);
    }
}
