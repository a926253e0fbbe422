package io.collimator.mapping;

import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.time.ZoneId;
import java.util.List;

/**
 * What a conversion may know of the rule it works for.
 *
 * @param warnings takes what is put right or left out
 */
record RuleContext(Rule rule, ZoneId zone, List<MappingWarning> warnings) {

    void warn(SourceValue source, String text) {
        warn(source.path(), text);
    }

    void warn(String source, String text) {
        warnings.add(new MappingWarning(rule.id(), source, text));
    }

    /** AE for this source; the text names field and attribute, never the value. */
    Hl7RejectedException refusal(ErrorCode code, SourceValue source, String reason) {
        return Hl7RejectedException.contentError(
                code, source.location(), source.path() + " " + rule.target().keyword() + " " + reason);
    }
}
