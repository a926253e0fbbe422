package io.collimator.engine.destination;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a destination does, in numbers.
 *
 * @param waitingSince null while it delivers or has nothing to deliver
 * @param held accessions that wait aside and are sent again
 * @param parked accessions that wait aside for a person
 */
public record DestinationStatus(String name, @Nullable Instant waitingSince, int held, int parked) {}
