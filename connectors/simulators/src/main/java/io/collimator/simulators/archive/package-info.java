/**
 * An archive: {@link io.collimator.simulators.archive.ArchiveSimulator} answers storage commitment (PS3.4 Annex J) and vouches
 * only for what it was told that it holds. For tests and the demonstration.
 */
@NullMarked
package io.collimator.simulators.archive;

import org.jspecify.annotations.NullMarked;
