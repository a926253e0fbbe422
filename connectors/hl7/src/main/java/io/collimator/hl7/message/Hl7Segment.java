package io.collimator.hl7.message;

import io.collimator.hl7.outcome.ErrorLocation;
import java.util.List;

/**
 * One segment, its values unescaped. Fields, repetitions, components and subcomponents count from 1, as in the standard;
 * what was not sent reads as absent.
 */
public final class Hl7Segment {

    private final String name;
    private final int sequence;
    private final List<List<List<List<String>>>> fields;

    /**
     * @param sequence which segment of this name in the message, from 1
     * @param fields fields, repetitions, components, subcomponents
     */
    Hl7Segment(String name, int sequence, List<List<List<List<String>>>> fields) {
        this.name = name;
        this.sequence = sequence;
        this.fields = fields;
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

    /** The first subcomponent of the first component of the first repetition. */
    public Hl7Value value(int field) {
        return value(field, 1, 1, 1);
    }

    /** The first subcomponent of a component of the first repetition. */
    public Hl7Value value(int field, int component) {
        return value(field, 1, component, 1);
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
