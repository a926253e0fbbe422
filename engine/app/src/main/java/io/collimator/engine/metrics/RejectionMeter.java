package io.collimator.engine.metrics;

import io.collimator.dicom.service.RejectionReport.Reason;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** Counts rejected associations by registered peer and kind. Thread-safe; never throws and never blocks. */
public final class RejectionMeter {

    private final BoundedNames peers = new BoundedNames(1_024);
    private final Counter rejections;

    RejectionMeter(PrometheusRegistry registry) {
        rejections = Counter.builder()
                .name("collimator_dicom_rejected_associations")
                .help("Rejected associations, by registered calling AE title and kind.")
                .labelNames("peer", "kind")
                .register(registry);
    }

    /** @param peer as it is registered; empty for one that is not */
    public void count(String peer, Reason reason) {
        String kind = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
        rejections.labelValues(peer.isEmpty() ? "none" : peers.of(peer), kind).inc();
    }
}
