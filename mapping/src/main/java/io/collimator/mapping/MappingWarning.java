package io.collimator.mapping;

/**
 * Something that was put right, or left out, and did not hinder the order; no patient data.
 *
 * @param ruleId the rule that met it
 * @param source the HL7 field
 * @param text what was done and what to send instead
 */
public record MappingWarning(String ruleId, String source, String text) {

    @Override
    public String toString() {
        return source + " (" + ruleId + "): " + text;
    }
}
