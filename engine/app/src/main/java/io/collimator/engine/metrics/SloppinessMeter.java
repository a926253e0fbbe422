package io.collimator.engine.metrics;

import io.collimator.dicom.codec.ReadingNotes;
import io.collimator.dicom.codec.Sloppiness;
import io.collimator.dicom.data.AeTitle;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what peers send that breaks the standard and is read all the same, by peer and kind. Thread-safe; never blocks. */
public final class SloppinessMeter {

    private static final int MAX_PEERS = 1_024;

    private final BoundedNames names = new BoundedNames(MAX_PEERS);
    private final Counter counter;

    /** The same once more, for the peer's record; at most so many peers. */
    private final Map<AeTitle, Map<Sloppiness, Long>> records = new HashMap<>();

    SloppinessMeter(PrometheusRegistry registry) {
        counter = Counter.builder()
                .name("collimator_dicom_sloppiness")
                .help("What was read of peers though it breaks the standard, by AE title and kind.")
                .labelNames("peer", "kind")
                .register(registry);
    }

    /** A data set of a registered peer was sloppy. */
    public void count(AeTitle peer, ReadingNotes notes) {
        String name = names.of(peer.value());
        notes.all().forEach((kind, note) -> {
            counter.labelValues(name, kind.key()).inc(note.count());
            remember(peer, kind, note.count());
        });
    }

    private synchronized void remember(AeTitle peer, Sloppiness kind, int count) {
        if (records.size() < MAX_PEERS || records.containsKey(peer)) {
            records.computeIfAbsent(peer, first -> new EnumMap<>(Sloppiness.class))
                    .merge(kind, (long) count, Long::sum);
        }
    }

    /** How often each kind was seen from a peer since the start, by its key; empty when nothing was. */
    public synchronized Map<String, Long> of(AeTitle peer) {
        Map<String, Long> counts = new TreeMap<>();
        records.getOrDefault(peer, Map.of()).forEach((kind, count) -> counts.put(kind.key(), count));
        return counts;
    }
}
