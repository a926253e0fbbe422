package io.collimator.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a rule looks: a field of the message, or an attribute that an earlier rule made. */
sealed interface Source {

    /** As written in the rule. */
    String text();

    /** {@code attribute:ScheduledProcedureStepSequence.Modality}. */
    record Attribute(String text, Target target) implements Source {}

    /** {@code sender:name} or {@code sender:station}: what the profile of the sender says. */
    record Sender(String text, boolean isStation) implements Source {}

    /** {@code message:type}, for instance ORM^O01, or {@code message:event}, for instance A08. */
    record Message(String text, boolean isEvent) implements Source {}

    /** Who gave a number, where a table or a default says it and no field does. */
    record Authority(String text) implements Source {}

    /**
     * A field, for instance {@code OBR-18}, {@code PID-3(patient).4}, {@code AL1(*)-3}, {@code OBX(8302-2)-5},
     * {@code PID/NTE(*)-3}.
     *
     * @param ofPatient {@code PID/}: only segments that follow PID
     * @param segment three characters
     * @param segments which of the segments
     * @param codes upper-case codes or texts, one of which the segment's observation identifier holds
     * @param repetitions which of the field's repetitions
     * @param component 0 when the rule names none
     * @param subcomponent 0 when the rule names none
     */
    record Field(
            String text,
            boolean ofPatient,
            String segment,
            Segments segments,
            List<String> codes,
            int field,
            Repetitions repetitions,
            int component,
            int subcomponent)
            implements Source {}

    enum Segments {
        FIRST,
        ALL,
        WITH_CODE
    }

    enum Repetitions {
        FIRST,
        ALL,
        /** Of PID-3: the identifier that is used. */
        PATIENT,
        /** Of PID-3: the identifiers that are not. */
        OTHERS
    }

    Pattern FIELD = Pattern.compile(
            "(PID/)?([A-Z][A-Z0-9]{2})(?:\\(([^()]+)\\))?-([1-9]\\d{0,2})(?:\\((\\*|patient|others)\\))?(?:\\.([1-9]\\d?)(?:\\.([1-9]\\d?))?)?");

    /** No segment of HL7 v2.3 to v2.8.2 has more fields than IN2 with 72; segments of a sender's own may. */
    int MAX_FIELD = 72;

    /** What a rule may name beside fields and attributes; empty when it is none of these. */
    static Optional<Source> circumstance(String path) {
        return switch (path) {
            case "sender:name", "sender:station" -> Optional.of(new Sender(path, path.endsWith("station")));
            case "message:type", "message:event" -> Optional.of(new Message(path, path.endsWith("event")));
            default -> Optional.empty();
        };
    }

    /** The field that a path names; empty when it is no path. */
    static Optional<Source> field(String path) {
        Matcher matcher = FIELD.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String selector = matcher.group(3) == null ? "" : matcher.group(3).strip();
        List<String> codes = selector.isEmpty() || selector.equals("*") ? List.of() : codes(selector);
        Segments segments =
                selector.isEmpty() ? Segments.FIRST : selector.equals("*") ? Segments.ALL : Segments.WITH_CODE;
        Repetitions repetitions = repetitions(matcher.group(5));
        boolean isBeyond = !matcher.group(2).startsWith("Z") && Integer.parseInt(matcher.group(4)) > MAX_FIELD;
        boolean patientChoice = repetitions == Repetitions.PATIENT || repetitions == Repetitions.OTHERS;
        boolean isPatientId = matcher.group(2).equals("PID") && matcher.group(4).equals("3");
        if (isBeyond
                || (patientChoice && !isPatientId)
                || (segments == Segments.WITH_CODE && !matcher.group(2).equals("OBX"))
                || (matcher.group(1) != null && !matcher.group(2).equals("NTE"))) {
            return Optional.empty();
        }
        return Optional.of(new Field(
                path,
                matcher.group(1) != null,
                matcher.group(2),
                segments,
                codes,
                Integer.parseInt(matcher.group(4)),
                repetitions,
                number(matcher, 6),
                number(matcher, 7)));
    }

    private static List<String> codes(String selector) {
        List<String> codes = new ArrayList<>();
        for (String code : selector.split(",", -1)) {
            codes.add(code.strip().toUpperCase(Locale.ROOT));
        }
        return List.copyOf(codes);
    }

    private static Repetitions repetitions(String selector) {
        if (selector == null) {
            return Repetitions.FIRST;
        }
        return switch (selector) {
            case "*" -> Repetitions.ALL;
            case "patient" -> Repetitions.PATIENT;
            default -> Repetitions.OTHERS;
        };
    }

    private static int number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
