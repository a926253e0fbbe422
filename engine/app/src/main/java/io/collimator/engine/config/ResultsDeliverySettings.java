package io.collimator.engine.config;

import io.collimator.engine.config.SettingsReader.Range;
import java.time.Duration;

/**
 * Delivery of {@code collimator.results} over MLLP.
 *
 * @param host empty: off
 * @param consumers that send at a time, each over a connection of its own
 * @param alarmAfter how long a result may wait before a person is told
 */
public record ResultsDeliverySettings(
        String host, int port, Duration answerTimeout, int consumers, Duration alarmAfter, Duration parkAfter) {

    static ResultsDeliverySettings read(SettingsReader in) {
        in.section("Delivery of collimator.results");
        return new ResultsDeliverySettings(
                in.parsed(
                        "collimator.results-delivery.host",
                        "",
                        Addresses.HOST,
                        Addresses::hostOrNone,
                        "Host of the receiver; empty: nothing is delivered."),
                in.port("collimator.results-delivery.port", 2_577, "MLLP port of the receiver."),
                in.duration(
                        "collimator.results-delivery.answer-timeout-seconds",
                        20,
                        600,
                        "How long we wait for the acknowledgement before the result is sent again."),
                in.integer(
                        "collimator.results-delivery.consumers",
                        4,
                        new Range(1, 64, "connections"),
                        "Connections that send at a time."),
                ForwardingSettings.alarmAfter(in, "results-delivery", "the receiver of results"),
                ForwardingSettings.parkAfter(in, "results-delivery"));
    }

    public boolean isOn() {
        return !host.isEmpty();
    }
}
