package io.collimator.engine.wiring;

import io.collimator.camel.allow.Intake;
import io.collimator.camel.allow.PublishedBean;
import io.collimator.camel.allow.RouteRules;
import io.collimator.engine.config.EngineSettings;
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

    private static final String DELIVERY_HOST = "collimator.status-delivery.host";

    /** Made from the host: a route cannot ask whether a setting is empty. */
    private static final String DELIVERY_ON = "collimator.status-delivery.on";

    /** Camel counts milliseconds. */
    private static final String ANSWER_MILLIS = "collimator.status-delivery.answer-timeout-millis";

    private PublishedToRoutes() {}

    static RouteRules rules(EngineSettings settings) {
        return RouteRules.of(
                List.of(
                        PublishedBean.of(ORDERS, "accept", Intake.ORDERS),
                        PublishedBean.of(WORKLIST, "query", Intake.WORKLIST),
                        PublishedBean.of(PERFORMED_STEPS, "record", Intake.PERFORMED_STEPS),
                        PublishedBean.of(COMMITMENTS, "request", Intake.COMMITMENT)
                                .with("archiveReport", Intake.COMMITMENT_REPORTS)),
                properties(settings).keySet(),
                Set.of());
    }

    /** The settings that {@code {{key}}} may name, with their values. */
    static Map<String, String> properties(EngineSettings settings) {
        Map<String, String> properties = new TreeMap<>(settings.values());
        properties.values().removeIf(String::isEmpty);
        properties.put(DELIVERY_ON, Boolean.toString(settings.statusDelivery().isOn()));
        properties.put(
                ANSWER_MILLIS,
                Long.toString(settings.statusDelivery().answerTimeout().toMillis()));
        properties.putIfAbsent(DELIVERY_HOST, "host-not-set.invalid");
        return properties;
    }
}
