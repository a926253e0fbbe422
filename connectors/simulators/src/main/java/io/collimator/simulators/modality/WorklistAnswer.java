package io.collimator.simulators.modality;

import io.collimator.dicom.dimse.DimseStatus;
import java.util.List;

/**
 * What the worklist SCP answered.
 *
 * @param status the final status
 */
public record WorklistAnswer(DimseStatus status, List<WorklistItem> items) {
    public WorklistAnswer {
        items = List.copyOf(items);
    }
}
