package io.collimator.engine.metrics;

import io.collimator.dicom.codec.ReadingNotes;
import io.collimator.dicom.data.AeTitle;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;

/** Counts what peers send that breaks the standard and is read all the same, by peer and kind. Thread-safe; never blocks. */
public final class SloppinessMeter {

    private final CountsByPeer counts;

    SloppinessMeter(PrometheusRegistry registry) {
        counts = new CountsByPeer(
                registry,
                "collimator_dicom_sloppiness",
                "What was read of peers though it breaks the standard, by AE title and kind.");
    }

    /** A data set of a registered peer was sloppy. */
    public void count(AeTitle peer, ReadingNotes notes) {
        notes.all().forEach((kind, note) -> counts.add(peer, kind.key(), note.count()));
    }

    /** How often each kind was seen from a peer since the start, by its key; empty when nothing was. */
    public Map<String, Long> of(AeTitle peer) {
        return counts.of(peer);
    }
}
