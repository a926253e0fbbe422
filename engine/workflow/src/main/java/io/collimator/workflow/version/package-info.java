/**
 * What analysts' files were at a time: {@link io.collimator.workflow.version.MappingVersion}. For the engine's reload and
 * the store.
 */
@NullMarked
package io.collimator.workflow.version;

import org.jspecify.annotations.NullMarked;
