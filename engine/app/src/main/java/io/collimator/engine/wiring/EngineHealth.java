package io.collimator.engine.wiring;

import io.collimator.engine.config.Problem;
import io.collimator.engine.console.HealthPart;
import io.collimator.engine.console.HealthState;
import io.collimator.engine.console.Readiness;
import io.collimator.engine.destination.Destination;
import io.collimator.engine.destination.Destinations;
import io.collimator.engine.dispatch.Forgetting;
import io.collimator.engine.health.FailingRoutes;
import io.collimator.engine.health.FailingRoutes.Failing;
import io.collimator.engine.messaging.OutboxRelay;
import io.collimator.engine.messaging.RelayStatus;
import io.collimator.engine.metrics.OutboxGauge;
import io.collimator.engine.metrics.QueueDepth;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What {@code /health/ready} asks. */
final class EngineHealth {

    private final List<HealthPart> parts = new ArrayList<>();

    EngineHealth part(String name, Supplier<HealthState> probe) {
        parts.add(new HealthPart(name, probe));
        return this;
    }

    EngineHealth routes(Supplier<List<String>> notRunning, FailingRoutes failing) {
        return part("routes", () -> {
            List<String> stopped = notRunning.get();
            if (!stopped.isEmpty()) {
                return HealthState.down(
                        "A route does not run; the log says why: %s.".formatted(String.join(", ", stopped)));
            }
            List<FailingRoutes.Failing> routes = failing.now();
            return routes.isEmpty()
                    ? HealthState.up("Every route runs.")
                    : HealthState.degraded(
                                    routes.stream().map(Failing::toString).collect(Collectors.joining("; ")) + ".")
                            .since(routes.stream()
                                    .map(Failing::since)
                                    .min(Comparator.naturalOrder())
                                    .orElse(null));
        });
    }

    /** Each under its own name. */
    EngineHealth destinations(Destinations destinations, WaitingMessages waiting) {
        destinations.all().forEach(destination -> part(destination.name(), () -> state(destination, waiting)));
        return this;
    }

    private static HealthState state(Destination destination, WaitingMessages messages) {
        Optional<QueueDepth> depth = messages.of(destination);
        Optional<Destination.Waiting> waits = destination.waiting();
        HealthState state = waits.map(waiting -> HealthState.degraded("Messages wait since %s: %s"
                                .formatted(waiting.since(), waiting.failure().reason()))
                        .since(waiting.since()))
                .orElseGet(() -> HealthState.up(destination
                        .lastDelivered()
                        .map("It takes messages, the last one at %s."::formatted)
                        .orElse("Nothing was sent there since the start.")));
        if (destination.parked() > 0 && waits.isEmpty()) {
            state = HealthState.warning("%d accessions wait for a person: collimator out list %s"
                    .formatted(destination.parked(), destination.name()));
        }
        Optional<Instant> paused = destination.pausedSince();
        if (paused.isPresent()) {
            state = HealthState.degraded("Stopped by a person since %s: collimator out resume %s"
                            .formatted(paused.get(), destination.name()))
                    .since(paused.get());
        }
        if (depth.isEmpty()) {
            return state;
        }
        long number = depth.get().messages();
        Instant oldest = depth.get().oldest();
        return state.waiting(
                number, oldest == null ? waits.map(Destination.Waiting::since).orElse(null) : oldest);
    }

    /**
     * A broker that is away does not keep orders from being taken: their notices wait in the outbox, which is a warning until
     * the relay is over its limit.
     */
    EngineHealth notices(OutboxRelay relay, OutboxGauge outbox) {
        return part("notices", () -> {
            RelayStatus status = relay.status();
            OutboxGauge.Waiting waiting = outbox.look();
            HealthState state = relayState(status, waiting);
            return waiting.isKnown() ? state.waiting(waiting.notices(), waiting.oldest()) : state;
        });
    }

    EngineHealth retention(Forgetting forgetting) {
        return part(
                "retention",
                () -> forgetting
                        .failing()
                        .map(HealthState::warning)
                        .orElseGet(() -> HealthState.up("What is finished and old is forgotten.")));
    }

    private static HealthState relayState(RelayStatus status, OutboxGauge.Waiting waiting) {
        Instant since = status.failingSince();
        if (since == null) {
            return waiting.isKnown() ? HealthState.up(told(waiting)) : HealthState.warning(told(waiting));
        }
        String detail = "%s So since %s. %s".formatted(status.reason(), since, told(waiting));
        return (status.isOverLimit() ? HealthState.down(detail) : HealthState.warning(detail)).since(since);
    }

    private static String told(OutboxGauge.Waiting waiting) {
        if (!waiting.isKnown()) {
            return "How many notices wait for the relay is unknown since %s: the database does not tell."
                    .formatted(waiting.unknownSince());
        }
        return waiting.oldest() == null
                ? "0 notices wait for the relay."
                : "%d notices wait for the relay, the oldest since %s.".formatted(waiting.notices(), waiting.oldest());
    }

    EngineHealth warnings(List<Problem> warnings) {
        List<Problem> all = List.copyOf(warnings);
        return part(
                "configuration",
                () -> all.isEmpty()
                        ? HealthState.up("Nothing to warn of.")
                        : HealthState.warning(String.join(
                                " ", all.stream().map(Problem::toString).toList())));
    }

    Readiness readiness(String acknowledgementSurvives, Clock clock) {
        return new Readiness(acknowledgementSurvives, parts, clock);
    }
}
