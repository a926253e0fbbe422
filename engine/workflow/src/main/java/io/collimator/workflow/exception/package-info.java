/** What needs a person: everything refused, unmatched or contradictory is kept here with its evidence. */
@NullMarked
package io.collimator.workflow.exception;

import org.jspecify.annotations.NullMarked;
