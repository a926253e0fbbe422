package io.collimator.workflow.performed;

import io.collimator.dicom.data.Uid;
import org.jspecify.annotations.Nullable;

/**
 * A performed step that counts for an accession.
 *
 * @param scheduledStepId null for an unscheduled step
 */
public record PerformedLink(Uid performedStep, @Nullable String scheduledStepId, PerformedStatus status) {}
