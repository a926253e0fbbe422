/** What was ordered: {@link io.collimator.workflow.order.AccessionNumber}, order numbers, order control (HL7 v2.5.1 §4.5.1). */
@NullMarked
package io.collimator.workflow.order;

import org.jspecify.annotations.NullMarked;
