/**
 * What the engine does on its own account, driven by due times in the database: it asks the archive, delivers reports and
 * tidies up. {@link io.collimator.engine.dispatch.Dispatch} starts and stops all of it.
 */
@NullMarked
package io.collimator.engine.dispatch;

import org.jspecify.annotations.NullMarked;
