package io.collimator.mapping;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.message.OrderGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the fields that rules name, as one step of a message sees them. Not thread-safe. */
final class SourceReader {

    private static final int PATIENT_IDENTIFIERS = 3;

    private final Hl7Message message;
    private final OrderGroup group;
    private final String assigningAuthority;
    private final Map<String, List<Hl7Segment>> segments = new HashMap<>();

    SourceReader(Hl7Message message, OrderGroup group, String assigningAuthority) {
        this.message = message;
        this.group = group;
        this.assigningAuthority = assigningAuthority;
    }

    /** The repetitions that the source names and the message holds; none when it was not sent. */
    List<SourceValue> read(Source.Field source) {
        List<SourceValue> values = new ArrayList<>();
        for (Hl7Segment segment : segments(source)) {
            int count = segment.repetitions(source.field());
            int chosen = isChoice(source) ? patientIdentifier(segment) : 1;
            for (int repetition = 1; repetition <= count; repetition++) {
                if (isNamed(source, repetition, chosen)) {
                    values.add(new SourceValue(
                            segment, source.field(), repetition, source.component(), source.subcomponent()));
                }
            }
        }
        return values;
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

    /** All segments of a name that this step sees; notes only those of its own order. */
    List<Hl7Segment> segments(String name, boolean ofPatient) {
        return ofPatient ? message.patientNotes() : segments.computeIfAbsent(name, this::seen);
    }

    private List<Hl7Segment> seen(String name) {
        List<Hl7Segment> found = new ArrayList<>(group.all(name));
        if (!name.equals("NTE")) {
            message.messageLevel().stream()
                    .filter(segment -> segment.name().equals(name))
                    .forEach(found::add);
        }
        return found;
    }

    private List<Hl7Segment> segments(Source.Field source) {
        List<Hl7Segment> all = segments(source.segment(), source.ofPatient());
        return switch (source.segments()) {
            case FIRST -> all.subList(0, Math.min(1, all.size()));
            case ALL -> all;
            case WITH_CODE ->
                all.stream()
                        .filter(segment -> hasCode(segment, source.codes()))
                        .limit(1)
                        .toList();
        };
    }

    /** Whether OBX-3 holds one of the codes or texts, in its first or its alternate half. */
    private static boolean hasCode(Hl7Segment observation, List<String> codes) {
        return Stream.of(1, 2, 4, 5)
                .map(component ->
                        observation.value(3, component).orEmpty().strip().toUpperCase(Locale.ROOT))
                .anyMatch(codes::contains);
    }

    /** The repetition of the configured authority, else the one typed MR, else the first. */
    private int patientIdentifier(Hl7Segment pid) {
        int typed = 0;
        int first = 0;
        for (int repetition = 1; repetition <= pid.repetitions(PATIENT_IDENTIFIERS); repetition++) {
            if (pid.value(PATIENT_IDENTIFIERS, repetition, 1, 1).isAbsent()) {
                continue;
            }
            first = first == 0 ? repetition : first;
            if (!assigningAuthority.isEmpty() && isOfAuthority(pid, repetition)) {
                return repetition;
            }
            boolean isMedicalRecord = pid.value(PATIENT_IDENTIFIERS, repetition, 5, 1)
                    .orEmpty()
                    .strip()
                    .equals("MR");
            if (typed == 0 && isMedicalRecord) {
                typed = repetition;
            }
        }
        return typed == 0 ? Math.max(1, first) : typed;
    }

    private boolean isOfAuthority(Hl7Segment pid, int repetition) {
        return IntStream.of(1, 2)
                .mapToObj(part -> pid.value(PATIENT_IDENTIFIERS, repetition, 4, part))
                .anyMatch(part -> part.orEmpty().strip().equals(assigningAuthority));
    }
}
