/**
 * Messages that we send: {@link io.collimator.hl7.outbound.OrderStatusMessage} (HL7 v2.5.1 §4.4.1). For who writes the
 * status notices.
 */
@NullMarked
package io.collimator.hl7.outbound;

import org.jspecify.annotations.NullMarked;
