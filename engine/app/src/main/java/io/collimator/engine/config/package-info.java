/**
 * What analysts and administrators set: {@link io.collimator.engine.config.EngineSettings},
 * {@link io.collimator.engine.config.ApplicationEntities} and the folders they come from. Every problem of a home is
 * found in one go and reported with file, line, field, value and fix.
 */
@NullMarked
package io.collimator.engine.config;

import org.jspecify.annotations.NullMarked;
