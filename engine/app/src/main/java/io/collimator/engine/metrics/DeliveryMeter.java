package io.collimator.engine.metrics;

import io.collimator.workflow.usecase.RecordDelivery.Verdict;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** Counts what was taken from a queue and not sent to its receiver. Thread-safe; never blocks. */
public final class DeliveryMeter {

    private static final int MAX_QUEUES = 256;

    private final BoundedNames queues = new BoundedNames(MAX_QUEUES);
    private final Counter skipped;

    DeliveryMeter(PrometheusRegistry registry) {
        skipped = Counter.builder()
                .name("collimator_notices_skipped")
                .help("Notices that were taken from a queue and not sent to its receiver, by reason.")
                .labelNames("queue", "reason")
                .register(registry);
    }

    /** One was not sent, for this reason. */
    public void skipped(String queue, Verdict reason) {
        skipped.labelValues(queues.of(queue), reason.name().toLowerCase(Locale.ROOT))
                .inc();
    }
}
