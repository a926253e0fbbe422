package io.collimator.camel.allow;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A bean that routes may call.
 *
 * @param name as written in {@code ref}
 * @param methods each method that may be called, with the intakes whose step it is; none for a step that answers no peer
 */
public record PublishedBean(String name, Map<String, Set<Intake>> methods) {

    public PublishedBean {
        methods = Map.copyOf(methods);
    }

    /** A bean with one method. */
    public static PublishedBean of(String name, String method, Intake... intakes) {
        return new PublishedBean(name, Map.of(method, Set.of(intakes)));
    }

    /** This bean with one method more. */
    public PublishedBean with(String method, Intake... intakes) {
        Map<String, Set<Intake>> more = new TreeMap<>(methods);
        more.put(method, Set.of(intakes));
        return new PublishedBean(name, more);
    }
}
