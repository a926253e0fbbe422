package io.collimator.mapping;

import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.message.Hl7Value;
import io.collimator.hl7.outcome.ErrorLocation;
import java.util.Set;

/**
 * One repetition of a field in a message, and the part of it that a rule names.
 *
 * @param component 0 when the rule names none
 * @param subcomponent 0 when the rule names none
 */
record SourceValue(Hl7Segment segment, int field, int repetition, int component, int subcomponent) {

    private static final Set<String> TEXT_TYPES = Set.of("ST", "TX", "FT");
    private static final Set<String> CODED_TYPES = Set.of("CE", "CWE", "CNE", "CF");

    /** Types whose first component is an identifier: the rest says whose it is. */
    private static final Set<String> IDENTIFIER_TYPES = Set.of("CX", "EI");

    /** The named part; the first where none is named. */
    Hl7Value value() {
        return subcomponent > 0
                ? segment.value(field, repetition, Math.max(1, component), subcomponent)
                : component(Math.max(1, component));
    }

    /**
     * The named part as a text: all of the field where its type is ST, TX or FT and the rule names no component; of a
     * coded observation its text, else its code.
     */
    String text() {
        if (isText()) {
            return segment.whole(field, repetition).orEmpty();
        }
        boolean isCodedObservation =
                component == 0 && segment.name().equals("OBX") && CODED_TYPES.contains(segment.type(field));
        return isCodedObservation ? meaning() : value().orEmpty();
    }

    /** Whether nothing is divided in it: its type in the version of the message is ST, TX or FT. */
    boolean isText() {
        return component == 0 && TEXT_TYPES.contains(segment.type(field));
    }

    /**
     * The text of a coded entry, else its code; the alternate one where the first is empty and none is named, else the
     * original text (HL7 v2.5.1 §2.A.13).
     */
    String meaning() {
        if (isText()) {
            return text();
        }
        int start = Math.max(1, component);
        String text = filled(start + 1, start);
        return text.isBlank() && component == 0 ? filled(5, 4, 9) : text;
    }

    private String filled(int... components) {
        for (int number : components) {
            String text = component(number).orEmpty();
            if (!text.isBlank()) {
                return text;
            }
        }
        return "";
    }

    /** Another component of the same repetition. */
    Hl7Value component(int number) {
        return segment.component(field, repetition, number);
    }

    /** A subcomponent of the named component. */
    Hl7Value subcomponent(int number) {
        return segment.value(field, repetition, Math.max(1, component), number);
    }

    /** The coding scheme of the code that the rule names: two components after it. */
    String scheme() {
        return component(Math.max(1, component) + 2).orEmpty().strip();
    }

    int components() {
        return segment.components(field, repetition);
    }

    /**
     * Whether everything that a rule could take from it is deleted by the message. An identifier whose number is deleted
     * is none, whatever stands beside it.
     */
    boolean isCleared() {
        return hasDeletedNumber() || (component > 0 ? value().isCleared() : segment.isDeleted(field, repetition));
    }

    private boolean hasDeletedNumber() {
        return component(1).isCleared() && IDENTIFIER_TYPES.contains(segment.type(field));
    }

    boolean isAbsent() {
        if (component == 0) {
            return segment.isAbsent(field, repetition);
        }
        return subcomponent > 0 ? value().isAbsent() : segment.isAbsent(field, repetition, component);
    }

    /** The same repetition, another component. */
    SourceValue at(int number) {
        return new SourceValue(segment, field, repetition, number, 0);
    }

    ErrorLocation location() {
        return segment.location(field, component);
    }

    /** As a person writes it: {@code OBX[2]-5}. */
    String path() {
        String path = location().toString();
        return subcomponent > 0 ? path + "." + subcomponent : path;
    }

    /** Without the value, which may be patient data. */
    @Override
    public String toString() {
        return path();
    }
}
