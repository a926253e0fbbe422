package io.collimator.simulators.modality;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;

/**
 * A performed procedure step that the modality reported.
 *
 * @param sopInstance its UID, ours or that which the SCP gave
 * @param status of the N-CREATE response
 */
public record PerformedStep(Uid sopInstance, WorklistItem item, DimseStatus status) {}
