/** Who is examined: {@link io.collimator.workflow.patient.PatientId} decides whether two messages speak of the same person. */
@NullMarked
package io.collimator.workflow.patient;

import org.jspecify.annotations.NullMarked;
