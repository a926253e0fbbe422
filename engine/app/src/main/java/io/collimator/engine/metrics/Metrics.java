package io.collimator.engine.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that is measured, in one registry of its own. */
public final class Metrics {

    /** Prometheus text format 0.0.4. */
    public static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final IntakeMeter intake = new IntakeMeter(registry);
    private final WorklistMeter worklist = new WorklistMeter(registry);
    private final SloppinessMeter sloppiness = new SloppinessMeter(registry);
    private final CountsByPeer characterSetFallbacks = new CountsByPeer(
            registry,
            "collimator_dicom_character_set_fallbacks",
            "Values of answers that the peer's character set does not hold, by AE title and what became of them.");
    private final RejectionMeter rejections = new RejectionMeter(registry);
    private final LoginMeter logins = new LoginMeter(registry);
    private final DeliveryMeter deliveries = new DeliveryMeter(registry);

    /** For the delivery routes to tell. */
    public DeliveryMeter deliveries() {
        return deliveries;
    }

    /** For the DICOM side to tell. */
    public SloppinessMeter sloppiness() {
        return sloppiness;
    }

    /** For what answers DICOM peers to tell, by the label of the fallback. */
    public CountsByPeer characterSetFallbacks() {
        return characterSetFallbacks;
    }

    /** For the DICOM listener to tell. */
    public RejectionMeter rejections() {
        return rejections;
    }

    /** For the console to tell. */
    public LoginMeter logins() {
        return logins;
    }

    /** For the worklist to tell. */
    public WorklistMeter worklist() {
        return worklist;
    }

    /** For the intake to tell. */
    public IntakeMeter intake() {
        return intake;
    }

    /** Adds the gauges, once. */
    public void observe(MetricSources sources) {
        RareGauge hidden = new RareGauge(sources.hiddenSteps());
        RareGauge databaseBytes = new RareGauge(sources.databaseBytes());
        gauge(
                "collimator_worklist_hidden_steps",
                "Steps that the worklist hides because nobody began them for collimator.worklist.hide-after-days.",
                to -> hidden.look().ifPresent(steps -> to.call((double) steps)));
        gauge(
                "collimator_database_bytes",
                "What the database takes of its disk.",
                to -> databaseBytes.look().ifPresent(bytes -> to.call((double) bytes)));
        gauge(
                "collimator_data_disk_free_bytes",
                "What is free on the disk of the data folder.",
                to -> to.call((double) sources.dataFolder().toFile().getUsableSpace()));
        gauge(
                "collimator_mllp_connections",
                "Open connections of senders.",
                to -> to.call(sources.mllpConnections().getAsInt()));
        gauge(
                "collimator_mllp_buffered_bytes",
                "Bytes of unfinished MLLP frames and of messages until they are answered.",
                to -> to.call((double) sources.mllpBytes().getAsLong()));
        byKind(
                "collimator_mllp_connections_closed",
                "MLLP connections closed for want of room, by kind.",
                sources.mllpCrowdedOut());
        byKind(
                "collimator_mllp_losses",
                "What did not reach its end before its MLLP connection did, by kind.",
                sources.mllpLosses());
        byKind(
                "collimator_retention_forgotten",
                "What was forgotten because it was finished and old, by kind.",
                sources.forgotten());
        gauge(
                "collimator_relay_failing",
                "1 while notices do not reach the broker.",
                to -> to.call(sources.relayFailing().getAsBoolean() ? 1 : 0));
        gauge(
                "collimator_mapping_version",
                "Number of the mapping version that runs.",
                to -> to.call(sources.mappingVersion().getAsInt()));
        gauge(
                "collimator_outbox_notices",
                "Notices that wait for the relay; absent while the database does not tell.",
                to -> known(sources, waiting -> to.call((double) waiting.notices())));
        gauge(
                "collimator_outbox_oldest_notice_age_seconds",
                "Age of the oldest notice that waits for the relay; 0 when none waits.",
                to -> known(sources, waiting -> to.call(age(sources.clock(), waiting.oldest()))));
        gauge(
                "collimator_queue_messages",
                "Messages on a queue of the embedded broker, also in the hands of a receiver.",
                to -> sources.queues().get().forEach(depth -> to.call((double) depth.messages(), depth.queue())),
                "queue");
        gauge(
                "collimator_queue_oldest_message_age_seconds",
                "Age of the oldest message on a queue of the embedded broker; 0 when there is none.",
                to -> sources.queues()
                        .get()
                        .forEach(depth -> to.call(age(sources.clock(), depth.oldest()), depth.queue())),
                "queue");
        gauge(
                "collimator_destination_waiting_seconds",
                "How long messages have waited for a destination that does not take them; 0 while it does.",
                to -> sources.destinations()
                        .get()
                        .forEach(one -> to.call(age(sources.clock(), one.waitingSince()), one.name())),
                "destination");
        gauge(
                "collimator_destination_held_accessions",
                "Accessions of which a message was not taken: \"waiting\" are sent again, \"parked\" wait for a person.",
                to -> sources.destinations().get().forEach(one -> {
                    to.call(one.held(), one.name(), "waiting");
                    to.call(one.parked(), one.name(), "parked");
                }),
                "destination",
                "state");
    }

    private static void known(MetricSources sources, Consumer<OutboxGauge.Waiting> use) {
        OutboxGauge.Waiting waiting = sources.outbox().look();
        if (waiting.isKnown()) {
            use.accept(waiting);
        }
    }

    private void byKind(String name, String help, Supplier<Map<String, Long>> counts) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("kind")
                .callback(to -> counts.get().forEach((kind, count) -> to.call(count.doubleValue(), kind)))
                .register(registry);
    }

    private void gauge(String name, String help, Consumer<GaugeWithCallback.Callback> look, String... labels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(look)
                .register(registry);
    }

    private static double age(Clock clock, @Nullable Instant since) {
        if (since == null) {
            return 0;
        }
        long millis = Duration.between(since, clock.instant()).toMillis();
        return Math.max(0, millis) / (double) TimeUnit.SECONDS.toMillis(1);
    }

    /** All of it, in the text format; may ask the database. */
    public byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException("A stream in memory cannot be written.", e);
        }
        return out.toByteArray();
    }
}
