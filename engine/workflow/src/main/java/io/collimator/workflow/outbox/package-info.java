/** Notices that commit with the state they announce and are sent afterwards. */
@NullMarked
package io.collimator.workflow.outbox;

import org.jspecify.annotations.NullMarked;
