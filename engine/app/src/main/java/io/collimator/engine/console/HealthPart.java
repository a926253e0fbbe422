package io.collimator.engine.console;

import java.util.function.Supplier;

/**
 * A part of the engine that can fail by itself.
 *
 * @param name short and stable, for instance {@code database}
 * @param probe asked at most once a second, one at a time; may block for seconds; a part whose probe throws is down
 */
public record HealthPart(String name, Supplier<HealthState> probe) {}
