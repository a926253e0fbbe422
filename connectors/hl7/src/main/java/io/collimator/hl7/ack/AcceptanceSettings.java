package io.collimator.hl7.ack;

import java.util.Map;
import java.util.Set;

/**
 * What is served.
 *
 * @param versions for each type and event, for instance {@code ORM^O01}, the values of MSH-12.1 that are served
 * @param processingIds values of MSH-11.1 that are served, for instance {@code P}
 */
public record AcceptanceSettings(Map<String, Set<String>> versions, Set<String> processingIds) {

    public AcceptanceSettings {
        versions = Map.copyOf(versions);
        processingIds = Set.copyOf(processingIds);
    }

    /** Orders: {@code ORM^O01} 2.3 to 2.5.1 and {@code OMI^O23} 2.5 and 2.5.1. */
    public static AcceptanceSettings orders(Set<String> processingIds) {
        return new AcceptanceSettings(
                Map.of(
                        "ORM^O01", Set.of("2.3", "2.3.1", "2.4", "2.5", "2.5.1"),
                        "OMI^O23", Set.of("2.5", "2.5.1")),
                processingIds);
    }
}
