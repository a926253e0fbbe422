package io.collimator.hl7.ack;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is served.
 *
 * @param versions for each type and event, for instance {@code ORM^O01}, the values of MSH-12.1 that are served
 * @param processingIds values of MSH-11.1 that are served, for instance {@code P}; "" for messages without one
 */
public record AcceptanceSettings(Map<String, Set<String>> versions, Set<String> processingIds) {

    /** Oldest first. */
    private static final List<String> VERSIONS =
            List.of("2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.7.1", "2.8", "2.8.1", "2.8.2");

    private static final List<String> PATIENT_EVENTS = List.of(
            "A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A11", "A12", "A13", "A18", "A24", "A28", "A30",
            "A31", "A34", "A36", "A37", "A38", "A39", "A40", "A47");
    private static final List<String> APPOINTMENT_EVENTS = List.of("S12", "S13", "S14", "S15", "S17", "S26");

    public AcceptanceSettings {
        versions = Map.copyOf(versions);
        processingIds = Set.copyOf(processingIds);
    }

    /**
     * Everything that the engine knows: orders {@code ORM^O01}, {@code OMG^O19} since 2.4 and {@code OMI^O23} since 2.5,
     * patients {@code ADT}, appointments {@code SIU}, results {@code ORU^R01}; versions 2.3 to 2.8.2.
     */
    public static AcceptanceSettings everything(Set<String> processingIds) {
        Map<String, Set<String>> versions = new TreeMap<>();
        versions.put("ORM^O01", since("2.3"));
        versions.put("OMG^O19", since("2.4"));
        versions.put("OMI^O23", since("2.5"));
        versions.put("ORU^R01", since("2.3"));
        PATIENT_EVENTS.forEach(event -> versions.put("ADT^" + event, since("2.3")));
        APPOINTMENT_EVENTS.forEach(event -> versions.put("SIU^" + event, since("2.3")));
        return new AcceptanceSettings(versions, processingIds);
    }

    private static Set<String> since(String version) {
        return new LinkedHashSet<>(new ArrayList<>(VERSIONS.subList(VERSIONS.indexOf(version), VERSIONS.size())));
    }

    /**
     * What one sender may send of this.
     *
     * @param onlyVersions values of MSH-12.1; empty: all that are served
     * @param onlyProcessingIds values of MSH-11.1 instead of ours; empty: ours
     */
    public AcceptanceSettings narrowedTo(Set<String> onlyVersions, Set<String> onlyProcessingIds) {
        Map<String, Set<String>> narrowed = new TreeMap<>();
        versions.forEach((kind, served) -> {
            Set<String> both = new LinkedHashSet<>(served);
            if (!onlyVersions.isEmpty()) {
                both.retainAll(onlyVersions);
            }
            narrowed.put(kind, both);
        });
        return new AcceptanceSettings(narrowed, onlyProcessingIds.isEmpty() ? processingIds : onlyProcessingIds);
    }
}
