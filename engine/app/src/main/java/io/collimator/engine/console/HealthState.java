package io.collimator.engine.console;

/**
 * How a part of the engine does.
 *
 * @param detail one sentence for people; everyone may read it, so that it names no secret and no patient
 */
public record HealthState(Level level, String detail) {

    /** DOWN makes the engine not ready; WARNING is told and does not. */
    public enum Level {
        UP,
        WARNING,
        DOWN
    }

    public static HealthState up(String detail) {
        return new HealthState(Level.UP, detail);
    }

    public static HealthState warning(String detail) {
        return new HealthState(Level.WARNING, detail);
    }

    public static HealthState down(String detail) {
        return new HealthState(Level.DOWN, detail);
    }
}
