/**
 * Acknowledgements: {@link io.collimator.hl7.ack.Hl7Acceptance} judges the header, {@link io.collimator.hl7.ack.AckPolicy}
 * turns what happened into an outcome, {@link io.collimator.hl7.ack.AckMode} says which answers are asked for,
 * {@link io.collimator.hl7.ack.AckFactory} writes them (HL7 v2.5.1 §2.9.2, §2.9.3, §2.15.5, §2.15.8). For the routes and
 * the intake.
 */
@NullMarked
package io.collimator.hl7.ack;

import org.jspecify.annotations.NullMarked;
