/**
 * The beans that routes call: {@link io.collimator.engine.intake.Hl7Intake} {@code orders},
 * {@link io.collimator.engine.intake.WorklistIntake} {@code worklist},
 * {@link io.collimator.engine.intake.PerformedStepsIntake} {@code performedSteps} and
 * {@link io.collimator.engine.intake.CommitmentsIntake} {@code commitments}. Each turns an exchange into one use case
 * and its outcome into what the peer is told.
 */
@NullMarked
package io.collimator.engine.intake;

import org.jspecify.annotations.NullMarked;
