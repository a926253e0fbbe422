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
record RuleContext(Rule rule, ZoneId zone, SenderProfile profile, List<MappingWarning> warnings) {

    Target target() {
        return rule.target();
    }

    void warn(MappingWarning.Kind kind, SourceValue source, String text) {
        warnings.add(new MappingWarning(kind, rule.id(), source.location(), source.path(), text));
    }

    /** AE for this source; the text names field and attribute, never the value. */
    Hl7RejectedException refusal(ErrorCode code, SourceValue source, String reason) {
        return Hl7RejectedException.contentError(
                code, source.location(), source.path() + " " + target().keyword() + " " + reason);
    }
}
