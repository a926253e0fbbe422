package io.collimator.engine.messaging;

import io.collimator.engine.config.JmsSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The queues of the contract, and those that the site adds; address = name, anycast. */
public final class Queues {

    public static final String STATUS = "collimator.status";
    public static final String EVENTS = "collimator.events";
    public static final String EXCEPTIONS = "collimator.exceptions";
    public static final String RESULTS = "collimator.results";
    public static final String DEAD_LETTERS = "collimator.dead-letters";

    /** Made at start, so that nothing is dropped for want of a queue. */
    static final List<String> ALL = List.of(STATUS, EVENTS, EXCEPTIONS, RESULTS, DEAD_LETTERS);

    private static final String PREFIX = "collimator.";

    private Queues() {}

    /** Whether a person means this queue: its name, in full or after "collimator.". */
    public static boolean isNamed(String queue, String name) {
        return queue.equals(name) || queue.equals(PREFIX + name);
    }

    /** Every queue that there is by the settings. */
    public static Set<String> of(JmsSettings settings) {
        Set<String> names = new LinkedHashSet<>(ALL);
        names.addAll(settings.queues());
        return names;
    }
}
