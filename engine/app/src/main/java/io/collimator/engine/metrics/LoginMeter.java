package io.collimator.engine.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** Counts failed logins over HTTP by account and kind. Thread-safe; never throws and never blocks. */
public final class LoginMeter {

    private final Counter failures;

    /** How a login failed. */
    public enum Kind {
        /** Name or password was wrong. */
        WRONG,
        /** It came from an address that has to wait, so that nobody looked at the password. */
        SLOWED
    }

    LoginMeter(PrometheusRegistry registry) {
        failures = Counter.builder()
                .name("collimator_http_failed_logins")
                .help("Failed logins over HTTP, by account and kind.")
                .labelNames("account", "kind")
                .register(registry);
    }

    /** @param account a word of ours, not what was sent */
    public void count(String account, Kind kind) {
        failures.labelValues(account, kind.name().toLowerCase(Locale.ROOT)).inc();
    }
}
