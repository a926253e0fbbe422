/** Storage commitment (PS3.4 Annex J): requests, what the archive said of each instance, and the custody state that follows. */
@NullMarked
package io.collimator.workflow.custody;

import org.jspecify.annotations.NullMarked;
