package io.collimator.hl7.mllp;

import java.time.Duration;

/**
 * Limits on what a sender may do to us.
 *
 * @param maxFrameBytes longest content of a frame, bytes
 * @param endBlockPause how long after an end block without CR the frame counts as complete
 * @param partialFrameTimeout longest time from the start block to the end block; then the connection is closed
 * @param idleTimeout longest time between frames; for the pipeline's own idle handler, not used by the decoder
 */
public record MllpSettings(
        int maxFrameBytes, Duration endBlockPause, Duration partialFrameTimeout, Duration idleTimeout) {

    /** 16 MiB, 200 ms, 30 s, one day. */
    public static final MllpSettings DEFAULT =
            new MllpSettings(16 << 20, Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofDays(1));

    public MllpSettings {
        if (maxFrameBytes < 1) {
            throw new IllegalArgumentException(
                    "The longest MLLP frame is %d bytes; set 1 or more.".formatted(maxFrameBytes));
        }
        requirePositive("end block pause", endBlockPause);
        requirePositive("partial frame timeout", partialFrameTimeout);
        requirePositive("idle timeout", idleTimeout);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("The MLLP %s is %s; set more than zero.".formatted(name, duration));
        }
    }
}
