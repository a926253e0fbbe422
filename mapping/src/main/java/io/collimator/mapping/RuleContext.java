package io.collimator.mapping;

import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.time.ZoneId;

/**
 * What a conversion may know of the rule it works for.
 *
 * @param leftOut takes what is put right or left out
 */
record RuleContext(Rule rule, ZoneId zone, SenderProfile profile, LeftOut leftOut) {

    Target target() {
        return rule.target();
    }

    void warn(MappingWarning.Kind kind, SourceValue source, String text) {
        leftOut.warn(new MappingWarning(kind, rule.id(), source.location(), source.path(), text));
    }

    /** Leaves a part of the message out, which is told unless another rule takes it; the text may name the attribute. */
    void leave(SourceValue source, String text) {
        leftOut.addPart(rule, source, text);
    }

    /** AE for this source; the text names field and attribute, never the value. */
    Hl7RejectedException refusal(ErrorCode code, SourceValue source, String reason) {
        return Hl7RejectedException.contentError(
                code, source.location(), source.path() + " " + target().keyword() + " " + reason);
    }
}
