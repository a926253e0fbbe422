package io.collimator.engine.config;

import java.time.Duration;

/**
 * Routes of the site that take from a queue and send on.
 *
 * @param alarmAfter how long a message may wait before a person is told
 * @param parkAfter how long an accession that is not taken is sent again while others are taken
 * @param retry pause before what was not taken is sent again; doubled after each further time
 * @param maxRetry the longest pause while nothing gets through
 */
public record ForwardingSettings(Duration alarmAfter, Duration parkAfter, Duration retry, Duration maxRetry) {

    static ForwardingSettings read(SettingsReader in) {
        in.section("Further routes that take from a queue and send on");
        return new ForwardingSettings(
                alarmAfter(in, "forwarding", "what such a route sends to"),
                parkAfter(in, "forwarding"),
                in.duration(
                        "collimator.forwarding.retry-seconds",
                        2,
                        3_600,
                        "Pause before a route sends again what was not taken, of every destination; doubled each time."),
                in.duration(
                        "collimator.forwarding.max-retry-seconds",
                        15,
                        3_600,
                        "The longest such pause while nothing gets through; four times as long for one accession while others do."));
    }

    /** The setting that every destination has. */
    static Duration alarmAfter(SettingsReader in, String destination, String who) {
        return in.duration(
                "collimator.%s.alarm-after-seconds".formatted(destination),
                30,
                86_400,
                "A message that waits for %s for longer is a warning in the log and an exception delivery-waiting."
                        .formatted(who));
    }

    /** The other one. */
    static Duration parkAfter(SettingsReader in, String destination) {
        return in.duration(
                "collimator.%s.park-after-minutes".formatted(destination),
                60,
                10_080,
                "An accession that is not taken for this long, though others are, waits for a person: exception delivery-parked.");
    }
}
