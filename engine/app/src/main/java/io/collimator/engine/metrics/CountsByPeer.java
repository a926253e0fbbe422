package io.collimator.engine.metrics;

import io.collimator.dicom.data.AeTitle;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts by registered peer and kind, as a metric and for the peer's record. Thread-safe; never blocks. */
public final class CountsByPeer {

    private static final int MAX_PEERS = 1_024;

    private final BoundedNames names = new BoundedNames(MAX_PEERS);
    private final Counter counter;

    /** The same once more, for the peer's record; at most so many peers. */
    private final Map<AeTitle, Map<String, Long>> records = new HashMap<>();

    /** @param name of the metric, without {@code _total} */
    CountsByPeer(PrometheusRegistry registry, String name, String help) {
        counter = Counter.builder()
                .name(name)
                .help(help)
                .labelNames("peer", "kind")
                .register(registry);
    }

    /** Adds to what was counted of a registered peer. */
    public void add(AeTitle peer, String kind, int count) {
        counter.labelValues(names.of(peer.value()), kind).inc(count);
        remember(peer, kind, count);
    }

    private synchronized void remember(AeTitle peer, String kind, int count) {
        if (records.size() < MAX_PEERS || records.containsKey(peer)) {
            records.computeIfAbsent(peer, first -> new TreeMap<>()).merge(kind, (long) count, Long::sum);
        }
    }

    /** How often each kind was counted of a peer since the start; empty when none was. */
    public synchronized Map<String, Long> of(AeTitle peer) {
        return new TreeMap<>(records.getOrDefault(peer, Map.of()));
    }
}
