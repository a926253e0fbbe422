/**
 * From HL7 orders, patients and appointments to worklist attributes by rules that are data:
 * {@link io.collimator.mapping.MappingSet} loads and runs them, {@link io.collimator.mapping.SenderProfile} says how a
 * sender is read, {@link io.collimator.mapping.MappedMessage}, {@link io.collimator.mapping.MappedPatients} and
 * {@link io.collimator.mapping.MappedAppointment} come out, {@link io.collimator.mapping.Provenance} says why. For the
 * intake, the reload and the command line; pure functions, no state.
 */
@NullMarked
package io.collimator.mapping;

import org.jspecify.annotations.NullMarked;
