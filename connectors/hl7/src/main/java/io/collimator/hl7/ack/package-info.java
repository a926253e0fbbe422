/**
 * Acknowledgements: {@link io.collimator.hl7.ack.Hl7Acceptance} judges the header, {@link io.collimator.hl7.ack.AckPolicy}
 * turns what happened into an outcome, {@link io.collimator.hl7.ack.AckFactory} writes the answer (HL7 v2.5.1 §2.9.2,
 * §2.15.5, §2.15.8; original mode). For the routes and the intake.
 */
@NullMarked
package io.collimator.hl7.ack;

import org.jspecify.annotations.NullMarked;
