package io.collimator.engine.destination;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a destination does, in numbers.
 *
 * @param waitingSince null while it delivers or has nothing to deliver
 */
public record DestinationStatus(String name, @Nullable Instant waitingSince) {}
