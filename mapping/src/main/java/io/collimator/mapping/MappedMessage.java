package io.collimator.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an order message says about procedure steps, in its order.
 *
 * @param sender name of the profile by which it was read
 * @param sent MSH-7; empty when there is none, or none that is a time
 */
public record MappedMessage(
        String sender, Optional<Instant> sent, List<MappedStep> steps, List<MappingWarning> warnings) {

    public MappedMessage {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }
}
