package io.collimator.hl7.outbound;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.message.OrderGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a status repeats of its order as that had it: who sent it, the patient's identifiers and names, the visit, the
 * order's numbers and what was ordered.
 */
public final class RepeatedFields {

    /** MSH-3.1: the application that sent the order. */
    public static final String SENDING_APPLICATION = "MSH-3";

    /** MSH-4.1: the facility that sent the order. */
    public static final String SENDING_FACILITY = "MSH-4";

    private static final int MAX_REPETITIONS = 20;
    private static final int MAX_SUBCOMPONENTS = 6;
    /** HL7 v2.5.1 §2.A.35, §2.A.36: what HAPI allows of ID and IS. */
    private static final int MAX_CODE = 199;

    private static final int MAX_TEXT = 2_000;
    private static final int MAX_FIELD = 4_000;
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

    /** Of some types the last components, dates that another version may write in another way, are left out. */
    private static final List<Repeated> OF_PATIENT_AND_VISIT = List.of(
            new Repeated("PID", 2, 6, MAX_CODE),
            new Repeated("PID", 3, 6, MAX_CODE),
            new Repeated("PID", 4, 6, MAX_CODE),
            new Repeated("PID", 5, 8, MAX_CODE),
            new Repeated("PID", 18, 6, MAX_CODE),
            new Repeated("PV1", 2, 1, MAX_CODE),
            new Repeated("PV1", 3, 9, MAX_CODE),
            new Repeated("PV1", 7, 10, MAX_CODE),
            new Repeated("PV1", 8, 10, MAX_CODE),
            new Repeated("PV1", 10, 1, MAX_CODE),
            new Repeated("PV1", 18, 1, MAX_CODE),
            new Repeated("PV1", 19, 6, MAX_CODE));

    private static final List<Repeated> OF_ORDER = List.of(
            new Repeated("ORC", 2, 4, MAX_CODE),
            new Repeated("ORC", 3, 4, MAX_CODE),
            new Repeated("OBR", 4, 6, MAX_TEXT));

    private RepeatedFields() {}

    /** @param longest that a component may be; of a field with a longer one nothing is repeated */
    private record Repeated(String segment, int field, int components, int longest) {

        String name() {
            return segment + "-" + field;
        }
    }

    /**
     * The fields that the message carries for one of its orders, by name, for instance {@code PID-3}: in the delimiters of
     * ours, without control characters. A field that it clears, and one that is too long to be repeated, is "".
     */
    public static SortedMap<String, String> of(Hl7Message message, OrderGroup group) {
        SortedMap<String, String> found = new TreeMap<>();
        message.first("MSH").ifPresent(header -> {
            found.put(SENDING_APPLICATION, name(header, 3));
            found.put(SENDING_FACILITY, name(header, 4));
        });
        for (Repeated repeated : OF_PATIENT_AND_VISIT) {
            put(found, repeated, message.first(repeated.segment()));
        }
        for (Repeated repeated : OF_ORDER) {
            put(found, repeated, group.first(repeated.segment()).filter(segment -> isSent(segment, repeated.field())));
        }
        // an order's numbers may stand in OBR alone
        for (int field = 2; field <= 3; field++) {
            int number = field;
            if (!found.containsKey("ORC-" + field)) {
                put(
                        found,
                        new Repeated("ORC", field, 4, MAX_CODE),
                        group.first("OBR").filter(segment -> isSent(segment, number)));
            }
        }
        return found;
    }

    private static String name(Hl7Segment header, int field) {
        String name =
                CONTROLS.matcher(header.value(field).orEmpty()).replaceAll(" ").strip();
        return name.length() > MAX_CODE ? "" : name;
    }

    private static boolean isSent(Hl7Segment segment, int field) {
        for (int repetition = 1; repetition <= segment.repetitions(field); repetition++) {
            if (!segment.isAbsent(field, repetition)) {
                return true;
            }
        }
        return false;
    }

    private static void put(SortedMap<String, String> found, Repeated repeated, Optional<Hl7Segment> segment) {
        segment.filter(sent -> isSent(sent, repeated.field()))
                .ifPresent(sent -> found.put(repeated.name(), text(sent, repeated)));
    }

    private static String text(Hl7Segment segment, Repeated repeated) {
        int count = segment.repetitions(repeated.field());
        if (count > MAX_REPETITIONS) {
            return "";
        }
        List<String> repetitions = new ArrayList<>();
        for (int repetition = 1; repetition <= count; repetition++) {
            List<String> components = new ArrayList<>();
            int last = Math.min(repeated.components(), segment.components(repeated.field(), repetition));
            for (int component = 1; component <= last; component++) {
                components.add(component(segment, repeated.field(), repetition, component));
            }
            if (components.stream().anyMatch(component -> component.length() > repeated.longest())) {
                return "";
            }
            String written = Er7Text.withoutTrailing(String.join("^", components), '^');
            if (!written.isEmpty()) {
                repetitions.add(written);
            }
        }
        String whole = String.join("~", repetitions);
        return whole.length() > MAX_FIELD ? "" : whole;
    }

    private static String component(Hl7Segment segment, int field, int repetition, int component) {
        List<String> parts = Stream.iterate(1, part -> part <= MAX_SUBCOMPONENTS, part -> part + 1)
                .map(part -> Er7Text.escaped(segment.value(field, repetition, component, part)
                        .orEmpty()
                        .strip()))
                .toList();
        return Er7Text.withoutTrailing(String.join("&", parts), '&');
    }
}
