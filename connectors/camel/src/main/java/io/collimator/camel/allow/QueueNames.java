package io.collimator.camel.allow;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The queues that there are: to another one nothing can be sent.
 *
 * @param known their names
 * @param settings values that {@code {{key}}} stands for in a name
 * @param nearest the known name that was probably meant
 */
public record QueueNames(Set<String> known, Map<String, String> settings, Function<String, Optional<String>> nearest) {

    private static final Pattern URI = Pattern.compile("^jms:(?://)?(?:queue:(?://)?)?([A-Za-z0-9._-]+)");

    public QueueNames {
        known = Set.copyOf(known);
        settings = Map.copyOf(settings);
    }

    /** The queue that an endpoint URI of {@code jms:} names; empty when it is no such URI. */
    public static Optional<String> named(String uri) {
        Matcher queue = URI.matcher(uri);
        return queue.find() ? Optional.of(queue.group(1)) : Optional.empty();
    }
}
