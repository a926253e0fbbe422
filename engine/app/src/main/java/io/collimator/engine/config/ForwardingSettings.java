package io.collimator.engine.config;

import java.time.Duration;

/**
 * Routes of the site that take from a queue and send on.
 *
 * @param alarmAfter how long a message may wait before a person is told
 */
public record ForwardingSettings(Duration alarmAfter) {

    static ForwardingSettings read(SettingsReader in) {
        in.section("Further routes that take from a queue and send on");
        return new ForwardingSettings(alarmAfter(in, "forwarding", "what such a route sends to"));
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
}
