/** Scheduled procedure steps and the worklist query on them (PS3.4 Annex K). */
@NullMarked
package io.collimator.workflow.worklist;

import org.jspecify.annotations.NullMarked;
