package io.collimator.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the rules of one run put right, and what they read and did not take. A part of the message that another rule took
 * is not left out. Not thread-safe.
 */
final class LeftOut {

    private final List<MappingWarning> warnings;
    private final List<Candidate> candidates = new ArrayList<>();

    /**
     * @param isOnlySource whether it is of no account where a rule that reads its field made a value of another one
     * @param text what is said of it; {@code %s} stands for the attribute
     */
    private record Candidate(
            Rule rule, SourceValue value, MappingWarning.Kind kind, boolean isOnlySource, String text) {}

    /** @param warnings takes what is told */
    LeftOut(List<MappingWarning> warnings) {
        this.warnings = warnings;
    }

    void warn(MappingWarning warning) {
        warnings.add(warning);
    }

    /** How many warnings there are. */
    int warned() {
        return warnings.size();
    }

    /** A part that a rule did not take while it took another of the field; nothing when it holds nothing. */
    void addPart(Rule rule, SourceValue value, String text) {
        if (!value.isAbsent() && !value.isCleared()) {
            candidates.add(new Candidate(rule, value, MappingWarning.Kind.LEFT_OUT, false, text));
        }
    }

    /** A value that a rule could make nothing of. */
    void addValue(Rule rule, SourceValue value, MappingWarning.Kind kind, String text) {
        candidates.add(new Candidate(rule, value, kind, true, text));
    }

    /** Tells each part once that none of the rules took, and that does not say the same as one that was taken. */
    void tell(List<Explanation> made) {
        Set<SourceValue> told = new HashSet<>();
        for (Candidate candidate : candidates) {
            SourceValue value = candidate.value();
            boolean isTaken = made.stream()
                    .anyMatch(explanation -> explanation.takes(value, candidate.rule())
                            || (candidate.isOnlySource() && explanation.comesBefore(value)));
            if (!isTaken && told.add(value)) {
                warn(new MappingWarning(
                        candidate.kind(),
                        candidate.rule().id(),
                        value.location(),
                        value.path(),
                        candidate.text().formatted(candidate.rule().target().keyword())));
            }
        }
    }
}
