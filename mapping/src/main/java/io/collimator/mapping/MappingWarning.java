package io.collimator.mapping;

import io.collimator.hl7.outcome.ErrorLocation;
import java.util.Locale;

/**
 * Something that was put right, or left out, and did not hinder the order; no patient data.
 *
 * @param kind stable, for counting
 * @param ruleId the rule that met it
 * @param location the HL7 field
 * @param source the HL7 field, as a person writes it
 * @param text what was done and what to send instead
 */
public record MappingWarning(Kind kind, String ruleId, ErrorLocation location, String source, String text) {

    /** What leniency does; names do not change. */
    public enum Kind {
        /** Free text was longer than DICOM allows. */
        CUT,
        /** A date, a time or a number could not be read and was left out. */
        UNREADABLE,
        /** A unit of measure is not known and the value was left out. */
        UNKNOWN_UNIT,
        /** A key that only stands in is too long. */
        TOO_LONG,
        /** A Study Instance UID that is none was left out; it is derived. */
        INVALID_UID,
        /** A component, a repetition, a segment or an identifier has no place in the attribute and was left out. */
        LEFT_OUT,
        /** Groups of one message that bring the same step differ in what it can have once. */
        CONTRADICTION,
        /** A code is no DICOM code string and was left out; none is cut. */
        INVALID_CODE,
        /** A code is in no row of its table and no rule made anything else of it; strict senders may send it. */
        NOT_IN_TABLE,
        /** The bytes did not fit the character set that the message names. */
        CHARACTER_SET;

        /** As metrics spell it: {@code unknown-unit}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public String toString() {
        return source + " (" + ruleId + "): " + text;
    }
}
