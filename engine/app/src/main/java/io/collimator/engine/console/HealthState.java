package io.collimator.engine.console;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a part of the engine does.
 *
 * @param detail one sentence for people; everyone may read it, so that it names no secret and no patient
 * @param since since when it does so; null: since it was first seen so
 * @param waiting how many messages wait for it; null: nothing can wait, or it is not known
 * @param oldest when the oldest of them began to wait; null: none waits, or it is not known
 */
public record HealthState(
        Level level,
        String detail,
        @Nullable Instant since,
        @Nullable Long waiting,
        @Nullable Instant oldest) {

    /** DOWN makes the engine not ready; DEGRADED and WARNING are told and do not. */
    public enum Level {
        /** It did its work just now. */
        UP,
        /** It is set up in a way that needs a look. */
        WARNING,
        /** It does not do its work now, and the engine goes on without it. */
        DEGRADED,
        DOWN
    }

    private HealthState(Level level, String detail) {
        this(level, detail, null, null, null);
    }

    public static HealthState up(String detail) {
        return new HealthState(Level.UP, detail);
    }

    public static HealthState warning(String detail) {
        return new HealthState(Level.WARNING, detail);
    }

    public static HealthState degraded(String detail) {
        return new HealthState(Level.DEGRADED, detail);
    }

    public static HealthState down(String detail) {
        return new HealthState(Level.DOWN, detail);
    }

    /** The same, since then. */
    public HealthState since(@Nullable Instant time) {
        return new HealthState(level, detail, time, waiting, oldest);
    }

    /** The same, with what waits. */
    public HealthState waiting(long messages, @Nullable Instant oldestOfThem) {
        return new HealthState(level, detail, since, messages, oldestOfThem);
    }
}
