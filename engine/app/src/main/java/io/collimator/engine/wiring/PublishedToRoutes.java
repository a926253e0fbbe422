package io.collimator.engine.wiring;

import io.collimator.camel.allow.Intake;
import io.collimator.camel.allow.PublishedBean;
import io.collimator.camel.allow.QueueNames;
import io.collimator.camel.allow.RouteRules;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.messaging.Queues;
import io.collimator.mapping.EditDistance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What routes may use of the engine. */
final class PublishedToRoutes {

    static final String ORDERS = "orders";
    static final String WORKLIST = "worklist";
    static final String PERFORMED_STEPS = "performedSteps";
    static final String COMMITMENTS = "commitments";

    static final String OUTBOUND = RouteRules.OUTBOUND;

    private static final String STATUS_DELIVERY = "collimator.status-delivery";
    private static final String RESULTS_DELIVERY = "collimator.results-delivery";

    private PublishedToRoutes() {}

    static RouteRules rules(EngineSettings settings, Set<String> templates) {
        Map<String, String> values = properties(settings);
        Set<String> queues = Queues.of(settings.jms());
        return RouteRules.of(
                        List.of(
                                PublishedBean.of(ORDERS, "accept", Intake.ORDERS),
                                PublishedBean.of(WORKLIST, "query", Intake.WORKLIST),
                                PublishedBean.of(PERFORMED_STEPS, "record", Intake.PERFORMED_STEPS),
                                PublishedBean.of(COMMITMENTS, "request", Intake.COMMITMENT)
                                        .with("archiveReport", Intake.COMMITMENT_REPORTS),
                                PublishedBean.of(OUTBOUND, "write")
                                        .with("accepted")
                                        .with("giveUp")
                                        .with("keepsTrying")
                                        .with("putAside")),
                        values.keySet(),
                        Set.of())
                .withTemplates(templates)
                .withQueues(new QueueNames(queues, values, name -> EditDistance.nearest(queues, name)));
    }

    /** The settings that {@code {{key}}} may name, with their values. */
    static Map<String, String> properties(EngineSettings settings) {
        Map<String, String> properties = new TreeMap<>(settings.values());
        properties.values().removeIf(String::isEmpty);
        delivery(
                properties,
                STATUS_DELIVERY,
                settings.statusDelivery().isOn(),
                settings.statusDelivery().answerTimeout());
        delivery(
                properties,
                RESULTS_DELIVERY,
                settings.resultsDelivery().isOn(),
                settings.resultsDelivery().answerTimeout());
        return properties;
    }

    /** A route cannot ask whether a setting is empty, and Camel counts milliseconds. */
    private static void delivery(Map<String, String> properties, String prefix, boolean on, Duration answerTimeout) {
        properties.put(prefix + ".on", Boolean.toString(on));
        properties.put(prefix + ".answer-timeout-millis", Long.toString(answerTimeout.toMillis()));
        properties.putIfAbsent(prefix + ".host", "host-not-set.invalid");
    }
}
