package io.collimator.hl7.message;

import io.collimator.hl7.outcome.ErrorLocation;
import java.util.List;
import java.util.Map;

/**
 * One segment, its values unescaped. Fields, repetitions, components and subcomponents count from 1, as in the standard;
 * what was not sent reads as absent.
 */
public final class Hl7Segment {

    private final String name;
    private final int sequence;
    private final List<List<List<List<String>>>> fields;
    private final Written written;
    private final Map<Integer, String> types;
    private final boolean hasSubcomponents;

    /**
     * How a segment stands in its message.
     *
     * @param line as sent, escaped
     * @param escapes of the message
     * @param types of the message's version
     */
    record Written(String line, Escapes escapes, FieldTypes types) {}

    /**
     * @param sequence which segment of this name in the message, from 1
     * @param fields fields, repetitions, components, subcomponents
     */
    Hl7Segment(String name, int sequence, List<List<List<List<String>>>> fields, Written written) {
        this.name = name;
        this.sequence = sequence;
        this.fields = fields;
        this.written = written;
        this.types = written.types().ofSegment(name);
        this.hasSubcomponents = written.line().indexOf(written.escapes().subcomponent()) >= 0;
    }

    public String name() {
        return name;
    }

    /** Which segment of this name in the message, from 1. */
    public int sequence() {
        return sequence;
    }

    /** How often a field stands in this segment; 0 when it was not sent. */
    public int repetitions(int field) {
        return field >= 1 && field <= fields.size() ? fields.get(field - 1).size() : 0;
    }

    /** How many components a repetition has; 0 when it was not sent. */
    public int components(int field, int repetition) {
        return repetition >= 1 && repetition <= repetitions(field)
                ? fields.get(field - 1).get(repetition - 1).size()
                : 0;
    }

    /** The first component of the first repetition, as {@link #component} reads it. */
    public Hl7Value value(int field) {
        return component(field, 1, 1);
    }

    /** A component of the first repetition, as {@link #component} reads it. */
    public Hl7Value value(int field, int component) {
        return component(field, 1, component);
    }

    /**
     * The data type of a field in the version of the message, for instance {@code CWE}; of OBX-5 the one that OBX-2
     * names; "" when it is not known.
     */
    public String type(int field) {
        return field == 5 && name.equals("OBX") ? value(2, 1, 1, 1).orEmpty().strip() : types.getOrDefault(field, "");
    }

    /**
     * A component: its first subcomponent where its data type has subcomponents, else all of it, for there the
     * delimiter of subcomponents is a character like others (HL7 v2.5.1 §2.5.3.5).
     */
    public Hl7Value component(int field, int repetition, int component) {
        if (!hasSubcomponents
                || component < 1
                || component > components(field, repetition)
                || written.types().isNested(type(field), component)) {
            return value(field, repetition, component, 1);
        }
        String sent = part(repetition(field, repetition), written.escapes().component(), component);
        return Hl7Value.of(written.escapes().unescape(sent));
    }

    /** All of a repetition as one text, delimiters included: what a field of type ST, TX or FT holds. */
    public Hl7Value whole(int field, int repetition) {
        return repetition < 1 || repetition > repetitions(field)
                ? new Hl7Value.Absent()
                : Hl7Value.of(written.escapes().unescape(repetition(field, repetition)));
    }

    /** As sent. */
    private String repetition(int field, int repetition) {
        // MSH-1 is the delimiter before MSH-2
        int number = name.equals("MSH") ? field : field + 1;
        return part(
                part(written.line(), written.escapes().field(), number),
                written.escapes().repetition(),
                repetition);
    }

    /** @param number from 1 */
    private static String part(String text, char delimiter, int number) {
        int start = 0;
        for (int before = 1; before < number; before++) {
            int end = text.indexOf(delimiter, start);
            if (end < 0) {
                return "";
            }
            start = end + 1;
        }
        int end = text.indexOf(delimiter, start);
        return end < 0 ? text.substring(start) : text.substring(start, end);
    }

    /** A subcomponent. Two double quotes that stand for a whole field or component clear everything in it. */
    public Hl7Value value(int field, int repetition, int component, int subcomponent) {
        if (isCleared(field, repetition)) {
            return new Hl7Value.Cleared();
        }
        if (component < 1 || component > components(field, repetition)) {
            return new Hl7Value.Absent();
        }
        List<String> subcomponents = fields.get(field - 1).get(repetition - 1).get(component - 1);
        if (subcomponents.size() == 1 && Hl7Value.of(subcomponents.get(0)).isCleared()) {
            return new Hl7Value.Cleared();
        }
        return subcomponent >= 1 && subcomponent <= subcomponents.size()
                ? Hl7Value.of(subcomponents.get(subcomponent - 1))
                : new Hl7Value.Absent();
    }

    /** Whether a repetition is two double quotes and nothing else. */
    public boolean isCleared(int field, int repetition) {
        if (components(field, repetition) != 1) {
            return false;
        }
        List<String> subcomponents = fields.get(field - 1).get(repetition - 1).get(0);
        return subcomponents.size() == 1 && Hl7Value.of(subcomponents.get(0)).isCleared();
    }

    /** Whether a repetition holds two double quotes, in one component or in several, and nothing else. */
    public boolean isDeleted(int field, int repetition) {
        boolean isDeleted = false;
        for (int component = 1; component <= components(field, repetition); component++) {
            for (String part : fields.get(field - 1).get(repetition - 1).get(component - 1)) {
                Hl7Value value = Hl7Value.of(part);
                if (!value.isAbsent() && !value.isCleared()) {
                    return false;
                }
                isDeleted |= value.isCleared();
            }
        }
        return isDeleted;
    }

    /** Whether a repetition holds nothing: not sent, or delimiters only. */
    public boolean isAbsent(int field, int repetition) {
        for (int component = 1; component <= components(field, repetition); component++) {
            if (!isAbsent(field, repetition, component)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a component holds nothing in any of its subcomponents. */
    public boolean isAbsent(int field, int repetition, int component) {
        if (isCleared(field, repetition)) {
            return false;
        }
        if (component < 1 || component > components(field, repetition)) {
            return true;
        }
        for (String subcomponent : fields.get(field - 1).get(repetition - 1).get(component - 1)) {
            if (!subcomponent.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The place of a field of this segment, for an acknowledgement. */
    public ErrorLocation location(int field, int component) {
        return new ErrorLocation(name, sequence, field, component);
    }

    /** Name and number only: values may be patient data. */
    @Override
    public String toString() {
        return name + "[" + sequence + "]";
    }
}
