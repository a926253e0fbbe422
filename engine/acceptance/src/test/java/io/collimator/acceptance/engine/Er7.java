package io.collimator.acceptance.engine;

import java.util.ArrayList;
import java.util.List;

/** An HL7 message as text that a test changes field by field; segments end with LF, delimiters are {@code |^~\&}. */
public final class Er7 {

    private final List<String> segments;

    private Er7(List<String> segments) {
        this.segments = List.copyOf(segments);
    }

    public static Er7 of(String message) {
        return new Er7(message.lines().filter(line -> !line.isBlank()).toList());
    }

    /** A plain CT order, control NW. */
    public static Er7 order(String accession) {
        return of(Messages.order(accession));
    }

    /** An order of the same keys with another order control, a control ID of its own and a later MSH-7. */
    public static Er7 order(String accession, String orderControl) {
        return of(Messages.order(accession, orderControl)).set("MSH", 7, Messages.today() + "091500");
    }

    /** The field of the first segment of that name; fields in between are made. MSH-1 is the separator. */
    public Er7 set(String segment, int field, String value) {
        return set(segment, 1, field, value);
    }

    /** @param occurrence which of the segments of that name, from 1 */
    public Er7 set(String segment, int occurrence, int field, String value) {
        List<String> changed = new ArrayList<>(segments);
        int at = indexOf(segment, occurrence);
        List<String> fields = new ArrayList<>(List.of(changed.get(at).split("\\|", -1)));
        int index = segment.equals("MSH") ? field - 1 : field;
        while (fields.size() <= index) {
            fields.add("");
        }
        fields.set(index, value);
        changed.set(at, String.join("|", fields));
        return new Er7(changed);
    }

    public Er7 without(String segment) {
        return new Er7(segments.stream()
                .filter(line -> !line.startsWith(segment + "|"))
                .toList());
    }

    /** The segments of another message behind these, its header left out. */
    public Er7 and(Er7 other) {
        List<String> all = new ArrayList<>(segments);
        other.segments.stream()
                .filter(line -> !line.startsWith("MSH|") && !line.startsWith("PID|"))
                .forEach(all::add);
        return new Er7(all);
    }

    public Er7 append(String segment) {
        List<String> all = new ArrayList<>(segments);
        all.add(segment);
        return new Er7(all);
    }

    /** A segment right behind the first one of a name. */
    public Er7 after(String segment, String added) {
        List<String> all = new ArrayList<>(segments);
        all.add(indexOf(segment, 1) + 1, added);
        return new Er7(all);
    }

    private int indexOf(String segment, int occurrence) {
        int seen = 0;
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).startsWith(segment + "|") && ++seen == occurrence) {
                return i;
            }
        }
        throw new IllegalArgumentException("The message has no segment " + segment + " number " + occurrence + ".");
    }

    /** The text, each segment ended by LF. */
    @Override
    public String toString() {
        return String.join("\n", segments) + "\n";
    }
}
