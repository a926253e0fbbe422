/**
 * Measures the engine against baselines of our own; nothing in here is used by another module.
 */
@NullMarked
package io.collimator.bench;

import org.jspecify.annotations.NullMarked;
