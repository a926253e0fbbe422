package io.collimator.mapping;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.util.ArrayList;
import java.util.List;

/** Judges what leniency would put right. */
final class Strict {

    private Strict() {}

    /** The list that mapping begins with: what was odd about the message itself. */
    static List<MappingWarning> warningsOf(Hl7Message message) {
        List<MappingWarning> warnings = new ArrayList<>();
        message.warnings()
                .forEach(text -> warnings.add(new MappingWarning(
                        MappingWarning.Kind.CHARACTER_SET,
                        "message",
                        ErrorLocation.ofField("MSH", 18),
                        "MSH-18",
                        text)));
        return warnings;
    }

    /**
     * Each warning once.
     *
     * @throws Hl7RejectedException AE 102 at the first warning of the rules, when the profile is strict
     */
    static List<MappingWarning> judged(List<MappingWarning> warnings, SenderProfile profile) {
        List<MappingWarning> distinct = warnings.stream().distinct().toList();
        if (profile.strictness() == SenderProfile.Strictness.STRICT) {
            distinct.stream()
                    .filter(warning -> warning.kind() != MappingWarning.Kind.CHARACTER_SET
                            // what becomes of such a code is said by the rule
                            && warning.kind() != MappingWarning.Kind.NOT_IN_TABLE)
                    .findFirst()
                    .ifPresent(warning -> {
                        throw Hl7RejectedException.contentError(
                                ErrorCode.DATA_TYPE_ERROR,
                                warning.location(),
                                warning.source() + ": " + warning.text()
                                        + " The sender is read strictly (mapping/senders.yaml).");
                    });
        }
        return distinct;
    }
}
