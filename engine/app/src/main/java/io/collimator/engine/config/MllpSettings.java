package io.collimator.engine.config;

import io.collimator.engine.config.SettingsReader.Range;
import java.time.Duration;

/**
 * The MLLP listener.
 *
 * @param maxConnectionsOfHost of one address; at most {@code maxConnections}
 * @param maxFrameBytes a longer frame is answered AE 102 if its MSH was read, then the connection is closed
 * @param maxBufferedBytes of unfinished frames and of messages until they are answered, over all connections
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
        int maxConnectionsOfHost,
        int maxFrameBytes,
        long maxBufferedBytes,
        Duration idleTimeout,
        Duration partialFrameTimeout,
        Duration endBlockPause,
        int threads,
        Duration answerTimeout) {

    private static final int PART_OF_HEAP = 8;

    static MllpSettings read(SettingsReader in) {
        in.section("HL7 v2 over MLLP");
        MllpSettings read = asRead(in);
        int ofHost = read.maxConnectionsOfHost == 0 ? (read.maxConnections + 1) / 2 : read.maxConnectionsOfHost;
        // a frame of the longest must fit beside what it is read from
        long atLeast = 2L * read.maxFrameBytes;
        long bytes =
                read.maxBufferedBytes == 0 ? Runtime.getRuntime().maxMemory() / PART_OF_HEAP : read.maxBufferedBytes;
        return new MllpSettings(
                read.bindAddress,
                read.port,
                read.maxConnections,
                Math.min(ofHost, read.maxConnections),
                read.maxFrameBytes,
                Math.max(bytes, atLeast),
                read.idleTimeout,
                read.partialFrameTimeout,
                read.endBlockPause,
                read.threads,
                read.answerTimeout);
    }

    private static MllpSettings asRead(SettingsReader in) {
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
                        "Connections at one time; for one more the one that has been idle longest is closed, and when all are in use the new one."),
                in.integer(
                        "collimator.mllp.max-connections-of-host",
                        0,
                        new Range(0, 100_000, "connections"),
                        "Connections of one address, with the same rule; 0: half of all."),
                in.integer(
                        "collimator.mllp.max-frame-bytes",
                        16_777_216,
                        new Range(1_024, 67_108_864, "bytes"),
                        "Longest frame; a longer one is answered AE 102 if its MSH was read, then the connection is closed."),
                in.integer(
                        "collimator.mllp.max-buffered-bytes",
                        0,
                        new Range(0, 1_073_741_824, "bytes"),
                        "Bytes of unfinished frames and of messages until they are answered, over all connections; when they are used up the largest unfinished frame is given up. 0: an eighth of the heap. At least twice the longest frame."),
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
