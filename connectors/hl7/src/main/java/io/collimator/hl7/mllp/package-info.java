/**
 * The minimal lower layer protocol (HL7 v2.5.1 appendix C): {@link io.collimator.hl7.mllp.MllpDecoder} and
 * {@link io.collimator.hl7.mllp.MllpEncoder} for a Netty pipeline, {@link io.collimator.hl7.mllp.MllpClient} for who
 * sends one message at a time. The only package of this module that knows Netty.
 */
@NullMarked
package io.collimator.hl7.mllp;

import org.jspecify.annotations.NullMarked;
