package io.collimator.engine.wiring;

import io.collimator.engine.config.Problem;
import io.collimator.engine.console.HealthPart;
import io.collimator.engine.console.HealthState;
import io.collimator.engine.console.Readiness;
import io.collimator.engine.dispatch.Forgetting;
import io.collimator.engine.messaging.OutboxRelay;
import io.collimator.engine.messaging.RelayStatus;
import io.collimator.engine.metrics.OutboxGauge;
import io.collimator.persistence.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What {@code /health/ready} asks. */
final class EngineHealth {

    private final List<HealthPart> parts = new ArrayList<>();

    EngineHealth database(Database database) {
        parts.add(new HealthPart("database", () -> {
            database.checkReachable();
            return HealthState.up(
                    "The %s database answers.".formatted(database.kind().label()));
        }));
        return this;
    }

    EngineHealth routes(BooleanSupplier up) {
        parts.add(new HealthPart(
                "routes",
                () -> up.getAsBoolean()
                        ? HealthState.up("Every route runs.")
                        : HealthState.down("A route does not run; the log names it.")));
        return this;
    }

    EngineHealth dicom(BooleanSupplier listening, String provider) {
        parts.add(new HealthPart(
                "dicom",
                () -> listening.getAsBoolean()
                        ? HealthState.up("The DICOM listener takes associations; provider: %s.".formatted(provider))
                        : HealthState.down("The DICOM listener is not bound.")));
        return this;
    }

    /**
     * A broker that is away does not keep orders from being taken: their notices wait in the outbox, which is a warning until
     * the relay is over its limit.
     */
    EngineHealth notices(OutboxRelay relay, OutboxGauge outbox) {
        parts.add(new HealthPart("notices", () -> {
            RelayStatus status = relay.status();
            OutboxGauge.Waiting waiting = outbox.look();
            if (status.isWorking()) {
                return waiting.isKnown() ? HealthState.up(told(waiting)) : HealthState.warning(told(waiting));
            }
            String detail = "%s So since %s. %s".formatted(status.reason(), status.failingSince(), told(waiting));
            return status.isOverLimit() ? HealthState.down(detail) : HealthState.warning(detail);
        }));
        return this;
    }

    EngineHealth retention(Forgetting forgetting) {
        parts.add(new HealthPart(
                "retention",
                () -> forgetting
                        .failing()
                        .map(HealthState::warning)
                        .orElseGet(() -> HealthState.up("What is finished and old is forgotten."))));
        return this;
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
        parts.add(new HealthPart(
                "configuration",
                () -> all.isEmpty()
                        ? HealthState.up("Nothing to warn of.")
                        : HealthState.warning(String.join(
                                " ", all.stream().map(Problem::toString).toList()))));
        return this;
    }

    Readiness readiness(String acknowledgementSurvives) {
        return new Readiness(acknowledgementSurvives, parts);
    }
}
