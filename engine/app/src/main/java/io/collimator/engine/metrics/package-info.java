/**
 * What is counted, for Prometheus: {@link io.collimator.engine.metrics.IntakeMeter} is told by the intake, {@link
 * io.collimator.engine.metrics.Metrics} writes it all down. Label values are names that analysts gave or words of ours,
 * never text from the wire.
 */
@NullMarked
package io.collimator.engine.metrics;

import org.jspecify.annotations.NullMarked;
