/**
 * The mapping changes while the engine runs (architecture, decision 10): {@link io.collimator.engine.reload.RunningMapping}
 * is what the intake reads, {@link io.collimator.engine.reload.MappingChanges} validates, compares, stores and swaps,
 * {@link io.collimator.engine.reload.PendingChange} finishes at the start what a killed engine had begun.
 */
@NullMarked
package io.collimator.engine.reload;

import org.jspecify.annotations.NullMarked;
