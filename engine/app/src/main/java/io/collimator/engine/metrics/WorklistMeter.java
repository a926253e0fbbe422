package io.collimator.engine.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** Counts the worklist queries of each peer by how they ended. Thread-safe; never throws and never blocks. */
public final class WorklistMeter {

    private final BoundedNames peers = new BoundedNames(1_024);
    private final Counter queries;

    /** How a query ended. */
    public enum Outcome {
        ANSWERED,
        /** Answered with the first entries of a list that is too long. */
        CUT,
        /** A700H: the list is too long. */
        TOO_MANY,
        /** A900H: a key has a value that its VR does not allow. */
        MALFORMED,
        /** A700H: the store does not answer. */
        FAILED
    }

    WorklistMeter(PrometheusRegistry registry) {
        queries = Counter.builder()
                .name("collimator_worklist_queries")
                .help("Worklist queries, by calling AE title and outcome.")
                .labelNames("peer", "outcome")
                .register(registry);
    }

    public void count(String peer, Outcome outcome) {
        queries.labelValues(peers.of(peer), outcome.name().toLowerCase(Locale.ROOT))
                .inc();
    }
}
