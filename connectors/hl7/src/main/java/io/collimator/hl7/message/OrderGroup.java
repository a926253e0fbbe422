package io.collimator.hl7.message;

import java.util.List;
import java.util.Optional;

/**
 * What a message says of one procedure step: the segments of its order (HL7 v2.5.1 §4.4.1.1, §4.4.9). An ORC begins an
 * order; each OBR under it, and each IPC under an OBR, is a step of that order; what stands between ORC and the first
 * OBR belongs to all of its steps.
 */
public final class OrderGroup {

    private final int order;
    private final int step;
    private final List<Hl7Segment> segments;

    OrderGroup(int order, int step, List<Hl7Segment> segments) {
        this.order = order;
        this.step = step;
        this.segments = List.copyOf(segments);
    }

    /** Which order of the message, from 1. */
    public int order() {
        return order;
    }

    /** Which step of the order, from 1. */
    public int step() {
        return step;
    }

    public Optional<Hl7Segment> first(String name) {
        return segments.stream().filter(segment -> segment.name().equals(name)).findFirst();
    }

    public List<Hl7Segment> all(String name) {
        return segments.stream().filter(segment -> segment.name().equals(name)).toList();
    }

    @Override
    public String toString() {
        return "OrderGroup[" + order + "." + step + " " + segments + "]";
    }
}
