package io.collimator.engine.messaging;

import io.collimator.engine.config.JmsSettings;
import java.time.Duration;

/** Settings for tests: a free port, three deliveries, short waits. */
final class BrokerSettings {

    static final String PASSWORD = "secret";

    private BrokerSettings() {}

    static JmsSettings embedded(int port) {
        return settings(port, "");
    }

    static JmsSettings external(String url) {
        return settings(0, url);
    }

    static JmsSettings.Relay relay(int batch) {
        return new JmsSettings.Relay(
                batch,
                Duration.ofMillis(5),
                Duration.ofSeconds(60),
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30));
    }

    private static JmsSettings settings(int port, String url) {
        return new JmsSettings(
                "127.0.0.1", port, url, "collimator", PASSWORD, new JmsSettings.Embedded(1 << 20, 99, 3), relay(10));
    }
}
