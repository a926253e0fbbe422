package io.collimator.workflow.order;

import java.util.Map;
import java.util.TreeMap;

/**
 * Fields of an order as its sender wrote them, for statuses to repeat.
 *
 * @param values by segment and number, for instance {@code PID-3}, in the form of the encoder of notices, without line ends;
 *     "" for one that the message clears
 */
public record SentFields(Map<String, String> values) {

    /** Nothing was kept. */
    public static final SentFields NONE = new SentFields(Map.of());

    private static final String APPLICATION = "MSH-3";
    private static final String FACILITY = "MSH-4";
    private static final String HEADER = "MSH-";
    private static final String PATIENT = "PID-";
    private static final String NAME = "PID-5";
    private static final String VISIT = "PV1-";

    public SentFields {
        values = Map.copyOf(values);
    }

    /** MSH-3.1 of the order, "" when not known. */
    public String sendingApplication() {
        return values.getOrDefault(APPLICATION, "");
    }

    /** MSH-4.1 of the order, "" when not known. */
    public String sendingFacility() {
        return values.getOrDefault(FACILITY, "");
    }

    /** What holds after a message of the same order: what it does not carry stays, who placed the order too. */
    public SentFields changedBy(SentFields message) {
        Map<String, String> changed = new TreeMap<>(values);
        boolean hasSender = values.containsKey(APPLICATION) || values.containsKey(FACILITY);
        message.values.forEach((name, value) -> {
            if (!hasSender || !name.startsWith(HEADER)) {
                changed.put(name, value);
            }
        });
        return new SentFields(changed);
    }

    /** As {@link #changedBy}, of an order that is placed now. */
    public SentFields placedBy(SentFields message) {
        return without(HEADER).changedBy(message);
    }

    /** What says nothing of what is to be done. */
    public SentFields ofPatientAndVisit() {
        Map<String, String> rest = new TreeMap<>(values);
        rest.keySet().removeIf(name -> !name.startsWith(PATIENT) && !name.startsWith(VISIT));
        return new SentFields(rest);
    }

    /** Without the patient's names, of which another message has said something else since. */
    public SentFields withoutName() {
        return without(NAME);
    }

    /** Who sent it and nothing else. */
    public SentFields ofSender() {
        Map<String, String> rest = new TreeMap<>(values);
        rest.keySet().removeIf(name -> !name.startsWith(HEADER));
        return new SentFields(rest);
    }

    private SentFields without(String segment) {
        Map<String, String> rest = new TreeMap<>(values);
        rest.keySet().removeIf(name -> name.startsWith(segment));
        return new SentFields(rest);
    }

    /** Without values, which are patient data. */
    @Override
    public String toString() {
        return "SentFields" + values.keySet();
    }
}
