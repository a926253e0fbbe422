/**
 * From HL7 orders to worklist attributes by rules that are data: {@link io.collimator.mapping.Mapping} loads and runs
 * them, {@link io.collimator.mapping.MappedMessage} is what comes out, {@link io.collimator.mapping.Explanation} says
 * for each attribute which rule and which field it came from. For the intake and the command line; pure functions, no
 * state.
 */
@NullMarked
package io.collimator.mapping;

import org.jspecify.annotations.NullMarked;
