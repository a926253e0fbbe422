/**
 * A RIS: {@link io.collimator.simulators.ris.RisSimulator} sends orders over MLLP and looks at the answer,
 * {@link io.collimator.simulators.ris.SimulatedOrder} writes them. For tests and the demonstration.
 */
@NullMarked
package io.collimator.simulators.ris;

import org.jspecify.annotations.NullMarked;
