package io.collimator.mapping;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.message.OrderGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds the fields that rules name, as one part of a message sees them. Not thread-safe. */
final class SourceReader {

    private static final int PATIENT_ID_FIELD = 3;
    private static final int AUTHORITY = 4;
    private static final int IDENTIFIER_TYPE = 5;
    private static final List<Integer> CODED = List.of(1, 2, 4, 5);

    private final Hl7Message message;
    private final Function<String, List<Hl7Segment>> own;
    private final SenderAuthorities authorities;
    private final Map<String, List<Hl7Segment>> segments = new HashMap<>();

    private SourceReader(Hl7Message message, Function<String, List<Hl7Segment>> own, SenderAuthorities authorities) {
        this.message = message;
        this.own = own;
        this.authorities = authorities;
    }

    /**
     * As one step of an order message sees it; notes only those of its own order.
     *
     * @param shared the segments of the message that belong to no order
     */
    static SourceReader ofOrder(
            Hl7Message message, OrderGroup group, List<Hl7Segment> shared, SenderAuthorities authorities) {
        return new SourceReader(
                message,
                name -> {
                    List<Hl7Segment> found = group.all(name);
                    if (name.equals("NTE")) {
                        return found;
                    }
                    List<Hl7Segment> common = named(shared, name);
                    if (found.isEmpty() || common.isEmpty()) {
                        return found.isEmpty() ? common : found;
                    }
                    List<Hl7Segment> both = new ArrayList<>(found);
                    both.addAll(common);
                    return both;
                },
                authorities);
    }

    /** As it stands in some segments alone. */
    static SourceReader of(Hl7Message message, List<Hl7Segment> some, SenderAuthorities authorities) {
        return new SourceReader(message, name -> named(some, name), authorities);
    }

    private static List<Hl7Segment> named(List<Hl7Segment> some, String name) {
        List<Hl7Segment> found = List.of();
        for (Hl7Segment segment : some) {
            if (segment.name().equals(name)) {
                if (found.isEmpty()) {
                    found = new ArrayList<>();
                }
                found.add(segment);
            }
        }
        return found;
    }

    Hl7Message message() {
        return message;
    }

    /**
     * The repetitions that the source names and that hold something, or clear it; none when it was not sent.
     *
     * @param further takes the repetitions and segments that follow where the source names the first
     */
    List<SourceValue> read(Source.Field source, List<SourceValue> further) {
        List<Hl7Segment> some = segments(source);
        if (some.isEmpty()) {
            return List.of();
        }
        boolean isFirst = source.segments() == Source.Segments.FIRST;
        List<SourceValue> values = new ArrayList<>(some.size());
        for (int i = 0; i < some.size(); i++) {
            Hl7Segment segment = some.get(i);
            int count = segment.repetitions(source.field());
            int chosen = isChoice(source) ? chosen(segment, source.field()) : 1;
            for (int repetition = 1; repetition <= count; repetition++) {
                SourceValue value =
                        new SourceValue(segment, source.field(), repetition, source.component(), source.subcomponent());
                boolean isNone = isChoice(source) && !hasIdentifier(segment, source.field(), repetition);
                boolean isNamed = (i == 0 || !isFirst) && isNamed(source, repetition, chosen);
                if (!value.isAbsent() && !isNone && (isNamed || !isChoice(source))) {
                    (isNamed ? values : further).add(value);
                }
            }
        }
        return values;
    }

    /** An identifier without a number, or with one that is deleted, is none. */
    private static boolean hasIdentifier(Hl7Segment segment, int field, int repetition) {
        return !segment.component(field, repetition, 1).orEmpty().isBlank();
    }

    private static boolean isChoice(Source.Field source) {
        return source.repetitions() == Source.Repetitions.PATIENT || source.repetitions() == Source.Repetitions.OTHERS;
    }

    /** @param chosen the repetition that a rule means when it means one */
    private static boolean isNamed(Source.Field source, int repetition, int chosen) {
        return switch (source.repetitions()) {
            case FIRST, PATIENT -> repetition == chosen;
            case ALL -> true;
            case OTHERS -> repetition != chosen;
        };
    }

    /** All segments of a name that are seen here. */
    List<Hl7Segment> segments(String name, boolean ofPatient) {
        return ofPatient ? message.patientNotes() : segments.computeIfAbsent(name, own);
    }

    Optional<Hl7Segment> first(String name) {
        return segments(name, false).stream().findFirst();
    }

    private List<Hl7Segment> segments(Source.Field source) {
        List<Hl7Segment> all = segments(source.segment(), source.ofPatient());
        return switch (source.segments()) {
            case FIRST, ALL -> all;
            case WITH_CODE -> withCode(all, source.codes());
        };
    }

    private static List<Hl7Segment> withCode(List<Hl7Segment> all, List<String> codes) {
        List<Hl7Segment> found = new ArrayList<>();
        for (Hl7Segment segment : all) {
            if (hasCode(segment, codes)) {
                found.add(segment);
            }
        }
        return found;
    }

    /** Whether OBX-3 holds one of the codes or texts, in its first or its alternate half. */
    private static boolean hasCode(Hl7Segment observation, List<String> codes) {
        for (int component : CODED) {
            String held = observation.value(3, component).orEmpty();
            if (!held.isEmpty() && codes.contains(held.strip().toUpperCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** The identifier of PID-3 that is used; empty without one. */
    static Optional<PatientIdentifier> patientOf(Hl7Message message, SenderAuthorities authorities) {
        SourceReader reader = of(message, message.segments(), authorities);
        return reader.first("PID")
                .flatMap(pid ->
                        reader.identifiers(pid, PATIENT_ID_FIELD).stream().findFirst());
    }

    /** PID-3 or MRG-1 of a segment, the one that is used first. */
    List<PatientIdentifier> identifiers(Hl7Segment segment, int field) {
        int chosen = chosen(segment, field);
        List<PatientIdentifier> identifiers = new ArrayList<>();
        for (int repetition = 1; repetition <= segment.repetitions(field); repetition++) {
            PatientIdentifier identifier = identifier(segment, field, repetition);
            if (!identifier.id().isEmpty()) {
                identifiers.add(repetition == chosen ? 0 : identifiers.size(), authorities.ofPatient(identifier));
            }
        }
        return identifiers;
    }

    private static PatientIdentifier identifier(Hl7Segment segment, int field, int repetition) {
        return new PatientIdentifier(
                segment.component(field, repetition, 1).orEmpty().strip(),
                text(segment, field, repetition, AUTHORITY, 1),
                text(segment, field, repetition, AUTHORITY, 2),
                text(segment, field, repetition, AUTHORITY, 3),
                text(segment, field, repetition, IDENTIFIER_TYPE, 1));
    }

    private static String text(Hl7Segment segment, int field, int repetition, int component, int subcomponent) {
        return segment.value(field, repetition, component, subcomponent)
                .orEmpty()
                .strip();
    }

    /** The repetition of the configured authority, else the one typed MR, else the first. */
    private int chosen(Hl7Segment segment, int field) {
        int typed = 0;
        int first = 0;
        for (int repetition = 1; repetition <= segment.repetitions(field); repetition++) {
            if (!hasIdentifier(segment, field, repetition)) {
                continue;
            }
            first = first == 0 ? repetition : first;
            if (authorities.isPreferred(identifier(segment, field, repetition))) {
                return repetition;
            }
            if (typed == 0
                    && text(segment, field, repetition, IDENTIFIER_TYPE, 1).equals("MR")) {
                typed = repetition;
            }
        }
        return typed == 0 ? Math.max(1, first) : typed;
    }
}
