/**
 * Puts the house together: {@link io.collimator.engine.wiring.Engine} starts and stops everything;
 * {@link io.collimator.engine.wiring.HomeContents} checks a home without starting anything.
 */
@NullMarked
package io.collimator.engine.wiring;

import org.jspecify.annotations.NullMarked;
