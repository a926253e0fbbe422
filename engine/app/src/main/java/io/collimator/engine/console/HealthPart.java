package io.collimator.engine.console;

import java.util.function.Supplier;

/**
 * A part of the engine that can fail by itself.
 *
 * @param name short and stable, for instance {@code database}
 * @param probe asked at most once a second, one at a time, on a thread of its own; may block; a part whose probe throws or
 *     does not come back is down
 */
public record HealthPart(String name, Supplier<HealthState> probe) {}
