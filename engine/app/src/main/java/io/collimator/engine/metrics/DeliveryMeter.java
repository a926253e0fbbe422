package io.collimator.engine.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** Counts what was taken from a queue and not sent to its receiver. Thread-safe; never blocks. */
public final class DeliveryMeter {

    private static final int MAX_QUEUES = 256;

    /** Why it was not sent. */
    public enum Reason {
        /** The receiver had accepted it before. */
        ACCEPTED_BEFORE,
        /** The receiver had accepted a newer status of the accession. */
        OUTDATED
    }

    private final BoundedNames queues = new BoundedNames(MAX_QUEUES);
    private final Counter skipped;

    DeliveryMeter(PrometheusRegistry registry) {
        skipped = Counter.builder()
                .name("collimator_notices_skipped")
                .help("Notices that were taken from a queue and not sent to its receiver, by reason.")
                .labelNames("queue", "reason")
                .register(registry);
    }

    /** One was not sent. */
    public void skipped(String queue, Reason reason) {
        skipped.labelValues(queues.of(queue), reason.name().toLowerCase(Locale.ROOT))
                .inc();
    }
}
