package io.collimator.engine.config;

import java.time.Duration;
import java.util.List;

/**
 * A receiver of HL7 over MLLP with a queue of its own: a row of {@code config/receivers.yaml}.
 *
 * @param name of its route and destination: letters, digits, dot, dash and underscore
 * @param takes the queue whose messages it takes
 * @param wants which of them
 */
public record Receiver(String name, String takes, Line line, Form form, Wants wants, Patience patience) {

    /**
     * How it is reached.
     *
     * @param connections that send at a time
     * @param answerTimeout how long we wait for an acknowledgement
     */
    public record Line(String host, int port, int connections, Duration answerTimeout) {}

    /**
     * How an order status is written for it; "" each: as usual.
     *
     * @param template of {@code mapping/templates}
     * @param receivingApplication MSH-5
     * @param receivingFacility MSH-6
     */
    public record Form(String template, String receivingApplication, String receivingFacility) {}

    /**
     * Which notices it takes; an empty list: whatever it is.
     *
     * @param applications MSH-3 of whoever sent the order
     * @param facilities its MSH-4
     * @param eventTypes of the notice
     */
    public record Wants(List<String> applications, List<String> facilities, List<String> eventTypes) {

        public Wants {
            applications = List.copyOf(applications);
            facilities = List.copyOf(facilities);
            eventTypes = List.copyOf(eventTypes);
        }

        /** Whether it is there for the orders of some senders only. */
        boolean namesSenders() {
            return !applications.isEmpty() || !facilities.isEmpty();
        }

        boolean isForOrdersOf(String application, String facility) {
            return isOneOf(applications, application) && isOneOf(facilities, facility);
        }

        /** Case does not count, as with the senders of the mapping. */
        private static boolean isOneOf(List<String> names, String name) {
            return names.isEmpty() || names.stream().anyMatch(name::equalsIgnoreCase);
        }

        boolean areOf(String eventType) {
            return eventTypes.isEmpty() || eventTypes.contains(eventType);
        }
    }

    /**
     * How long something may wait for it.
     *
     * @param alarmAfter then a person is told
     * @param parkAfter an accession that it does not take, though it takes others, is sent again for so long
     */
    public record Patience(Duration alarmAfter, Duration parkAfter) {}

    /** The queue that its messages wait on: its own for notices, else the one that a route of the site fills. */
    public String queue() {
        return Receivers.NOTICES.containsValue(takes) ? takes + "." + name : takes;
    }
}
