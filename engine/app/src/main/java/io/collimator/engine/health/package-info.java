/** What {@code /health/ready} asks of each part: whether it did its work just now. */
@NullMarked
package io.collimator.engine.health;

import org.jspecify.annotations.NullMarked;
