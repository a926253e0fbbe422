package io.collimator.engine.config;

import io.collimator.engine.config.SettingsReader.Range;
import java.time.Duration;

/**
 * The MLLP listener.
 *
 * @param maxFrameBytes a longer frame is answered AR if its MSH was read, then the connection is closed
 * @param idleTimeout a connection without traffic is closed after this
 * @param partialFrameTimeout a frame that has begun must end within this
 * @param endBlockPause a frame that ends without CR counts after this pause
 * @param threads that run the routes of messages
 * @param answerTimeout a message whose route has not ended by then is answered AR 207
 */
public record MllpSettings(
        String bindAddress,
        int port,
        int maxConnections,
        int maxFrameBytes,
        Duration idleTimeout,
        Duration partialFrameTimeout,
        Duration endBlockPause,
        int threads,
        Duration answerTimeout) {

    static MllpSettings read(SettingsReader in) {
        in.section("HL7 v2 over MLLP");
        return new MllpSettings(
                in.parsed(
                        "collimator.mllp.bind-address",
                        "127.0.0.1",
                        Addresses.HOST,
                        Addresses::host,
                        "Address that the MLLP listener binds."),
                in.port("collimator.mllp.port", 2575, "Port of the MLLP listener."),
                in.integer(
                        "collimator.mllp.max-connections",
                        256,
                        new Range(1, 100_000, "connections"),
                        "Connections at one time; one more is closed at once."),
                in.integer(
                        "collimator.mllp.max-frame-bytes",
                        16_777_216,
                        new Range(1_024, 67_108_864, "bytes"),
                        "Longest frame; a longer one is answered AR if its MSH was read, then the connection is closed."),
                in.duration(
                        "collimator.mllp.idle-timeout-seconds",
                        86_400,
                        604_800,
                        "A connection without traffic is closed after this time."),
                in.duration(
                        "collimator.mllp.partial-frame-timeout-seconds",
                        30,
                        3_600,
                        "A frame that has begun must end within this time, else the connection is closed."),
                in.duration(
                        "collimator.mllp.end-block-pause-millis",
                        200,
                        10_000,
                        "A frame that ends without CR counts after this pause of the sender."),
                in.integer(
                        "collimator.mllp.threads",
                        16,
                        new Range(1, 1_024, "threads"),
                        "Threads that process messages."),
                in.duration(
                        "collimator.mllp.answer-timeout-seconds",
                        60,
                        3_600,
                        "A message that is not processed by then is answered AR 207 and its connection closed."));
    }
}
