/**
 * A modality: {@link io.collimator.simulators.modality.ModalitySimulator} asks the worklist, reports performed procedure steps
 * and asks for storage commitment (IHE RAD-5, RAD-6, RAD-7, RAD-10). For tests and the demonstration.
 */
@NullMarked
package io.collimator.simulators.modality;

import org.jspecify.annotations.NullMarked;
