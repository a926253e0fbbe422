package io.collimator.camel.hl7;

import io.collimator.hl7.mllp.MllpSettings;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Bounds of MLLP in Camel; every value is positive.
 *
 * @param framing of a connection
 * @param characterSet where MSH-18 names none
 * @param limits for connections and bytes
 * @param threads that run routes for messages
 * @param answerTimeout a message whose route has not ended by then is answered AR 207, and its connection closed
 */
public record MllpTransportSettings(
        MllpSettings framing, Charset characterSet, Limits limits, int threads, Duration answerTimeout) {

    /** ISO 8859-1, {@link Limits#DEFAULT}, 16 threads, 60 s. */
    public static final MllpTransportSettings DEFAULT = new MllpTransportSettings(
            MllpSettings.DEFAULT, StandardCharsets.ISO_8859_1, Limits.DEFAULT, 16, Duration.ofSeconds(60));

    /** Longest answer of a receiver, bytes. */
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    public MllpTransportSettings {
        if (threads < 1 || answerTimeout.isNegative() || answerTimeout.isZero()) {
            throw new IllegalArgumentException("MLLP threads %d and answer timeout %s must each be more than zero."
                    .formatted(threads, answerTimeout));
        }
    }

    /**
     * What all MLLP listeners may take together.
     *
     * @param connections at one time; for one more the one that is idle longest gives way
     * @param connectionsOfHost of one address, at most {@code connections}
     * @param bytes of unfinished frames and of messages until they are answered; when they are used up the largest unfinished
     *     frame gives way
     */
    public record Limits(int connections, int connectionsOfHost, long bytes) {

        /** 256 connections, 128 of one host, 64 MiB. */
        public static final Limits DEFAULT = new Limits(256, 128, 64 << 20);

        public Limits {
            if (connectionsOfHost < 1 || connectionsOfHost > connections || bytes < 1) {
                throw new IllegalArgumentException(
                        "MLLP connections %d of one host, %d of all, and %d bytes; set one or more, and not more of a host than of all."
                                .formatted(connectionsOfHost, connections, bytes));
            }
        }
    }

    /** Of the answers of receivers, which have no message to carry. */
    MllpSettings answers() {
        return new MllpSettings(
                Math.min(MAX_ANSWER_BYTES, framing.maxFrameBytes()),
                framing.endBlockPause(),
                framing.partialFrameTimeout(),
                framing.idleTimeout());
    }
}
