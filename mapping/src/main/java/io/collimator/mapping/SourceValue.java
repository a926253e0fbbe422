package io.collimator.mapping;

import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.message.Hl7Value;
import io.collimator.hl7.outcome.ErrorLocation;

/**
 * One repetition of a field in a message, and the part of it that a rule names.
 *
 * @param component 0 when the rule names none
 * @param subcomponent 0 when the rule names none
 */
record SourceValue(Hl7Segment segment, int field, int repetition, int component, int subcomponent) {

    /** The named part; the first where none is named. */
    Hl7Value value() {
        return segment.value(field, repetition, Math.max(1, component), Math.max(1, subcomponent));
    }

    /** Another component of the same repetition. */
    Hl7Value component(int number) {
        return segment.value(field, repetition, number, 1);
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

    /** Whether everything that a rule could take from it is deleted by the message. */
    boolean isCleared() {
        return component > 0 ? value().isCleared() : segment.isCleared(field, repetition);
    }

    boolean isAbsent() {
        if (component == 0) {
            return segment.isAbsent(field, repetition);
        }
        return subcomponent > 0 ? value().isAbsent() : segment.isAbsent(field, repetition, component);
    }

    ErrorLocation location() {
        return segment.location(field, component);
    }

    /** As a person writes it: {@code OBX[2]-5}. */
    String path() {
        String path = location().toString();
        return subcomponent > 0 ? path + "." + subcomponent : path;
    }
}
