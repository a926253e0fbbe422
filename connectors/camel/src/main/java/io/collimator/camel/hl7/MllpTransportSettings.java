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
 * @param maxConnections at one time over all MLLP listeners; one more is closed at once
 * @param threads that run routes for messages
 * @param answerTimeout a message whose route has not ended by then is answered AR 207, and its connection closed
 */
public record MllpTransportSettings(
        MllpSettings framing, Charset characterSet, int maxConnections, int threads, Duration answerTimeout) {

    /** ISO 8859-1, 256 connections, 16 threads, 60 s. */
    public static final MllpTransportSettings DEFAULT = new MllpTransportSettings(
            MllpSettings.DEFAULT, StandardCharsets.ISO_8859_1, 256, 16, Duration.ofSeconds(60));

    public MllpTransportSettings {
        if (maxConnections < 1 || threads < 1 || answerTimeout.isNegative() || answerTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "MLLP connections %d, threads %d and answer timeout %s must each be more than zero."
                            .formatted(maxConnections, threads, answerTimeout));
        }
    }
}
