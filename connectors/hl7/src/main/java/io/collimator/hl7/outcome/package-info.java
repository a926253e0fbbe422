/**
 * What became of a message, in HL7's words: {@link io.collimator.hl7.outcome.AckOutcome},
 * {@link io.collimator.hl7.outcome.ErrorCode}, {@link io.collimator.hl7.outcome.Hl7RejectedException} (HL7 v2.5.1
 * §2.9.2, §2.15.5). For every module that refuses a message.
 */
@NullMarked
package io.collimator.hl7.outcome;

import org.jspecify.annotations.NullMarked;
