/**
 * Messages that we send: {@link io.collimator.hl7.outbound.OrderStatusMessage} as it stands on the queue (HL7 v2.5.1
 * §4.4.1), {@link io.collimator.hl7.outbound.MessageTemplates} for other forms of it,
 * {@link io.collimator.hl7.outbound.OutboundValidation} before one leaves. For who writes the status notices and who
 * delivers them.
 */
@NullMarked
package io.collimator.hl7.outbound;

import org.jspecify.annotations.NullMarked;
