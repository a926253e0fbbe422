package io.collimator.engine.metrics;

import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.workflow.order.Repetition;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Counts what senders send, each under the profile that was picked for it. Tell each message {@link #received} once, then
 * {@link #accepted} or {@link #refused}, then {@link #answered}. Thread-safe; never throws and never blocks.
 */
public final class IntakeMeter {

    /** Of a message whose profile could not be told: it has no readable MSH. */
    public static final String NO_PROFILE = "none";

    private static final String PROFILE = "profile";

    /** Seconds; an order takes some milliseconds, an answer at most {@code collimator.mllp.answer-timeout-seconds}. */
    private static final double[] LATENCIES = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60
    };

    private static final Pattern KIND = Pattern.compile("[A-Z]{3}(\\^[A-Z][A-Z0-9]{2})?");

    private final BoundedNames profiles = new BoundedNames(256);
    private final BoundedNames events = new BoundedNames(256);
    private final BoundedNames kinds = new BoundedNames(256);
    private final Counter received;
    private final Counter accepted;
    private final Counter refused;
    private final Counter duplicates;
    private final Counter stale;
    private final Counter ignored;
    private final Counter notServed;
    private final Counter leniency;
    private final Histogram answered;

    IntakeMeter(PrometheusRegistry registry) {
        received = counter("collimator_messages_received", "HL7 messages received.")
                .register(registry);
        accepted = counter("collimator_messages_accepted", "HL7 messages answered AA.")
                .register(registry);
        refused = counter("collimator_messages_refused", "HL7 messages refused, by code of HL7 table 0357.", "code")
                .register(registry);
        duplicates = counter(
                        "collimator_messages_duplicate",
                        "HL7 messages that repeat another one of their sender, by verdict.",
                        "verdict")
                .register(registry);
        stale = counter("collimator_messages_stale", "Messages older than what is stored; acknowledged, not applied.")
                .register(registry);
        ignored = counter(
                        "collimator_messages_ignored",
                        "HL7 messages that were acknowledged, kept and otherwise ignored, by what says so.",
                        "by")
                .register(registry);
        notServed = counter(
                        "collimator_messages_not_served",
                        "HL7 messages refused because their type or event is not served, by type and event.",
                        "event")
                .register(registry);
        leniency = counter(
                        "collimator_messages_leniency",
                        "What was put right or left out of messages that were accepted, by kind.",
                        "kind")
                .register(registry);
        answered = Histogram.builder()
                .name("collimator_message_answer_seconds")
                .help("Time from the receipt of a message to its answer.")
                .labelNames(PROFILE)
                .classicOnly()
                .classicUpperBounds(LATENCIES)
                .register(registry);
    }

    private static Counter.Builder counter(String name, String help, String... furtherLabels) {
        String[] labels = new String[furtherLabels.length + 1];
        labels[0] = PROFILE;
        System.arraycopy(furtherLabels, 0, labels, 1, furtherLabels.length);
        return Counter.builder().name(name).help(help).labelNames(labels);
    }

    /** A message is here. */
    public void received(String profile) {
        received.labelValues(profiles.of(profile)).inc();
    }

    /**
     * It was answered AA.
     *
     * @param verdict what it repeats
     * @param isStale whether it was older than what is stored, so that it changed nothing
     */
    public void accepted(String profile, Repetition verdict, boolean isStale) {
        String name = profiles.of(profile);
        accepted.labelValues(name).inc();
        if (verdict != Repetition.NONE) {
            duplicates.labelValues(name, word(verdict)).inc();
        }
        if (isStale) {
            stale.labelValues(name).inc();
        }
    }

    /**
     * It was answered AA and changed nothing, because the site wants it so.
     *
     * @param where that is said: the sender's block or the order control table
     */
    public void ignored(String profile, String where) {
        String name = profiles.of(profile);
        accepted.labelValues(name).inc();
        ignored.labelValues(name, where).inc();
    }

    /** It was answered AE or AR. */
    public void refused(String profile, ErrorCode code) {
        refused.labelValues(profiles.of(profile), Integer.toString(code.code())).inc();
    }

    /**
     * Its type or event is not served to its sender; tell that it was {@link #refused} too.
     *
     * @param kind as sent; what has not the form of a type and event counts as {@code other}
     */
    public void notServed(String profile, String kind) {
        notServed
                .labelValues(profiles.of(profile), KIND.matcher(kind).matches() ? events.of(kind) : "other")
                .inc();
    }

    /**
     * Something in it was put right or left out.
     *
     * @param kind the rule or the check that did so, a name that is not from the wire
     * @param times at least 0
     */
    public void leniency(String profile, String kind, int times) {
        if (times > 0) {
            leniency.labelValues(profiles.of(profile), kinds.of(kind)).inc(times);
        }
    }

    /** Its answer was made, so long after its receipt. */
    public void answered(String profile, Duration latency) {
        answered.labelValues(profiles.of(profile)).observe(latency.toNanos() / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private static String word(Repetition verdict) {
        return switch (verdict) {
            case NONE -> "none";
            case SAME_MESSAGE -> "same";
            case SAME_CONTROL_ID -> "same_id_other_content";
            case SAME_CONTENT -> "other_id_same_content";
        };
    }
}
