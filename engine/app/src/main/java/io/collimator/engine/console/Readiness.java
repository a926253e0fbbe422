package io.collimator.engine.console;

import io.collimator.engine.console.HealthState.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the engine can take orders, reports and queries now. Asked by anyone, so that an answer serves for a second. */
public final class Readiness {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final String acknowledgementSurvives;
    private final List<HealthPart> parts;
    private @Nullable Report last;
    private long lastAt;

    /**
     * Makes it.
     *
     * @param acknowledgementSurvives in words, for instance {@code a killed process, not a power cut}
     * @param parts in the order in which they are shown
     */
    public Readiness(String acknowledgementSurvives, List<HealthPart> parts) {
        this.acknowledgementSurvives = acknowledgementSurvives;
        this.parts = List.copyOf(parts);
    }

    /**
     * What was found.
     *
     * @param states by part, in order
     */
    record Report(String acknowledgementSurvives, Map<String, HealthState> states) {

        boolean isReady() {
            return names(Level.DOWN).isEmpty();
        }

        List<String> names(Level level) {
            return states.entrySet().stream()
                    .filter(entry -> entry.getValue().level() == level)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    synchronized Report report() {
        Report known = last;
        if (known != null && System.nanoTime() - lastAt < FRESH.toNanos()) {
            return known;
        }
        Map<String, HealthState> states = new LinkedHashMap<>();
        parts.forEach(part -> states.put(part.name(), stateOf(part)));
        Report report = new Report(acknowledgementSurvives, states);
        last = report;
        lastAt = System.nanoTime();
        return report;
    }

    private static HealthState stateOf(HealthPart part) {
        try {
            return part.probe().get();
        } catch (RuntimeException e) {
            LOG.warn("The health of {} cannot be told.", part.name(), e);
            return HealthState.down("It does not answer; the log names the cause.");
        }
    }
}
