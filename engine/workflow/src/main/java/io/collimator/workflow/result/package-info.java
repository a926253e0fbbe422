/** Reports on examinations: passed on, never read, never going backwards. Other modules make a ResultMessage of an ORU^R01. */
@NullMarked
package io.collimator.workflow.result;

import org.jspecify.annotations.NullMarked;
