package io.collimator.engine.config;

import io.collimator.engine.config.SettingsReader.Range;
import java.time.Duration;

/**
 * Delivery of {@code collimator.status} to a RIS over MLLP.
 *
 * @param host empty: off
 * @param consumers that send at a time, each over a connection of its own
 * @param receivingApplication MSH-5
 * @param receivingFacility MSH-6
 * @param alarmAfter how long a message may wait before a person is told
 * @param parkAfter how long an accession that is not taken is sent again while others are taken
 */
public record StatusDeliverySettings(
        String host,
        int port,
        Duration answerTimeout,
        int consumers,
        String receivingApplication,
        String receivingFacility,
        Duration alarmAfter,
        Duration parkAfter) {

    static StatusDeliverySettings read(SettingsReader in) {
        in.section("Delivery of collimator.status to a RIS");
        return new StatusDeliverySettings(
                in.parsed(
                        "collimator.status-delivery.host",
                        "",
                        Addresses.HOST,
                        Addresses::hostOrNone,
                        "Host of the RIS; empty: nothing is delivered."),
                in.port("collimator.status-delivery.port", 2_576, "MLLP port of the RIS."),
                in.duration(
                        "collimator.status-delivery.answer-timeout-seconds",
                        20,
                        600,
                        "How long we wait for the acknowledgement before the message is sent again."),
                in.integer(
                        "collimator.status-delivery.consumers",
                        4,
                        new Range(1, 64, "connections"),
                        "Connections that send at a time."),
                in.text("collimator.status-delivery.receiving-application", "", "MSH-5 of status messages."),
                in.text("collimator.status-delivery.receiving-facility", "", "MSH-6 of status messages."),
                ForwardingSettings.alarmAfter(in, "status-delivery", "the RIS"),
                ForwardingSettings.parkAfter(in, "status-delivery"));
    }

    public boolean isOn() {
        return !host.isEmpty();
    }
}
