package io.collimator.engine.health;

import io.collimator.camel.watch.RouteListener;
import io.collimator.camel.watch.StepFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes whose last exchanges all failed. A refusal on purpose is no failure. Thread-safe. */
public final class FailingRoutes implements RouteListener {

    private static final Logger LOG = LoggerFactory.getLogger(FailingRoutes.class);

    /** So many in a row, and no peer's one bad message makes a route a failing one. */
    private static final int IN_A_ROW = 3;

    private final Clock clock;
    private final Map<String, Failing> failing = new ConcurrentHashMap<>();

    public FailingRoutes(Clock clock) {
        this.clock = clock;
    }

    /**
     * A route that fails.
     *
     * @param since when the first of the exchanges in a row ended
     * @param times how many in a row
     * @param step id of the step that failed last; empty when none did and the exchange had no result
     * @param kind class of its exception
     */
    public record Failing(String route, Instant since, long times, String step, String kind) {

        @Override
        public String toString() {
            return "%s failed %d times in a row since %s%s"
                    .formatted(
                            route, times, since, step.isEmpty() ? "" : ", last at step %s (%s)".formatted(step, kind));
        }
    }

    /** Those that fail now, by name. */
    public List<Failing> now() {
        return failing.values().stream()
                .filter(route -> route.times() >= IN_A_ROW)
                .sorted((one, other) -> one.route().compareTo(other.route()))
                .toList();
    }

    @Override
    public void begun(Work work) {
        // only its end tells
    }

    @Override
    public void stepFailed(Work work, StepFailure failure) {
        // it may be tried again
    }

    @Override
    public void ended(Work work, End end, @Nullable StepFailure failure) {
        if (end == End.WELL || end == End.REFUSED) {
            Failing before = failing.remove(work.route());
            if (before != null && before.times() >= IN_A_ROW) {
                LOG.info("Route {} ends well again; it had failed since {}", before.route(), before.since());
            }
            return;
        }
        String step = failure == null ? "" : failure.step();
        String kind = failure == null ? "" : failure.kind();
        Failing now = failing.compute(
                work.route(),
                (route, before) -> new Failing(
                        route,
                        before == null ? clock.instant() : before.since(),
                        before == null ? 1 : before.times() + 1,
                        step,
                        kind));
        if (now.times() == IN_A_ROW) {
            LOG.warn("Route {}; health names it until it ends well", now);
        }
    }
}
