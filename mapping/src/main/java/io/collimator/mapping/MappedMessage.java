package io.collimator.mapping;

import java.util.List;

/** What a message says about procedure steps, in its order. */
public record MappedMessage(List<MappedStep> steps, List<MappingWarning> warnings) {

    public MappedMessage {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }
}
