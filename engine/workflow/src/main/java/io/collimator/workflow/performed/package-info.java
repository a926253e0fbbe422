/** Performed procedure steps as modalities report them (PS3.4 §F.7) and the procedure state that follows. */
@NullMarked
package io.collimator.workflow.performed;

import org.jspecify.annotations.NullMarked;
