/**
 * Received messages as immutable values: {@link io.collimator.hl7.message.Hl7Headers} is readable even when the rest is
 * no HL7, {@link io.collimator.hl7.message.Hl7Message} is the whole with its order groups,
 * {@link io.collimator.hl7.message.Hl7Batch} cuts a frame of several,
 * {@link io.collimator.hl7.message.Hl7Value} tells absent, cleared and valued apart (HL7 v2.5.1 §2.5–2.7). For every
 * module; HAPI's generic model does not leave this package.
 */
@NullMarked
package io.collimator.hl7.message;

import org.jspecify.annotations.NullMarked;
