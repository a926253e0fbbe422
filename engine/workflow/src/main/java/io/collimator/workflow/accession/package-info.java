/** An accession: the order, its patient and its two states, procedure and custody, which are never mixed. */
@NullMarked
package io.collimator.workflow.accession;

import org.jspecify.annotations.NullMarked;
