package io.collimator.hl7.outcome;

/**
 * Where in a message something is wrong (HL7 v2.5.1 §2.A.28, ERL). Zero stands for "not said".
 *
 * @param segment segment name, for instance {@code PID}; empty when the message as a whole is meant
 * @param sequence which segment of that name in the message, from 1
 * @param field field number, from 1
 * @param component component number, from 1
 */
public record ErrorLocation(String segment, int sequence, int field, int component) {

    /** No place in particular. */
    public static final ErrorLocation NONE = new ErrorLocation("", 0, 0, 0);

    public static ErrorLocation ofSegment(String segment) {
        return new ErrorLocation(segment, 1, 0, 0);
    }

    public static ErrorLocation ofField(String segment, int field) {
        return new ErrorLocation(segment, 1, field, 0);
    }

    /** As a person writes it: {@code OBR-18}, {@code OBR[2]-18.1}, {@code PID}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(segment);
        if (sequence > 1) {
            text.append('[').append(sequence).append(']');
        }
        if (field > 0) {
            text.append('-').append(field);
        }
        if (component > 0) {
            text.append('.').append(component);
        }
        return text.toString();
    }
}
