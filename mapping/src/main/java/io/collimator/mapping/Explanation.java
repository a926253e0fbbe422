package io.collimator.mapping;

/**
 * Why an attribute has its value.
 *
 * @param path tags from the outermost sequence, then the keyword: {@code (0040,0100)>(0008,0060) Modality}
 * @param ruleId the rule that made it
 * @param source the HL7 field or the attribute it was made from: {@code OBR-24}; "constant" when the rule gave it
 * @param value as text; "" when the attribute is present without a value; items of a sequence in brackets
 * @param onlyIfEmpty whether it stands in only where the entry has no value otherwise
 */
public record Explanation(String path, String ruleId, String source, String value, boolean onlyIfEmpty) {

    /** Without the value, which may be patient data. */
    @Override
    public String toString() {
        return "Explanation[" + path + " by " + ruleId + " from " + source + "]";
    }
}
