package io.collimator.camel.allow;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The queues that there are: to another one nothing can be sent.
 *
 * @param known their names
 * @param settings values that {@code {{key}}} stands for in a name
 * @param nearest the known name that was probably meant
 */
public record QueueNames(Set<String> known, Map<String, String> settings, Function<String, Optional<String>> nearest) {

    public QueueNames {
        known = Set.copyOf(known);
        settings = Map.copyOf(settings);
    }
}
