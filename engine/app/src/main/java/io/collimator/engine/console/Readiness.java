package io.collimator.engine.console;

import io.collimator.engine.console.HealthState.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Whether the engine can take orders, reports and queries now. Anyone may ask, so that an answer serves for a second; and
 * none waits for longer than two, whatever the parts do.
 */
public final class Readiness implements AutoCloseable {

    private final String acknowledgementSurvives;
    private final List<ProbedPart> parts;
    private final ExecutorService threads;
    private final Clock clock;

    /**
     * Makes it.
     *
     * @param acknowledgementSurvives in words, for instance {@code a killed process, not a power cut}
     * @param parts in the order in which they are shown
     */
    public Readiness(String acknowledgementSurvives, List<HealthPart> parts, Clock clock) {
        this.acknowledgementSurvives = acknowledgementSurvives;
        this.clock = clock;
        // a part has one probe at a time, so that there is always a thread
        this.threads = new ThreadPoolExecutor(
                0, Math.max(1, parts.size()), 60, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "health");
                    thread.setDaemon(true);
                    return thread;
                });
        this.parts =
                parts.stream().map(part -> new ProbedPart(part, threads, clock)).toList();
    }

    /**
     * What was found.
     *
     * @param at when it was asked
     * @param states by part, in order
     */
    record Report(String acknowledgementSurvives, Instant at, Map<String, HealthState> states) {

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

    /** Asks every part once, so that the log tells what is down though nobody asks; does not wait. */
    public void start() {
        parts.forEach(ProbedPart::ask);
    }

    synchronized Report report() {
        long deadline = System.nanoTime() + ProbedPart.LONGEST.toNanos();
        parts.forEach(ProbedPart::ask);
        Map<String, HealthState> states = new LinkedHashMap<>();
        parts.forEach(part -> states.put(part.name(), part.state(deadline)));
        return new Report(acknowledgementSurvives, clock.instant(), states);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
