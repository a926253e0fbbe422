package io.collimator.simulators.modality;

import io.collimator.dicom.data.Uid;
import io.collimator.simulators.commitment.InstanceReference;
import java.util.List;

/** A series that a step produced. */
public record PerformedSeries(Uid seriesInstanceUid, String protocolName, List<InstanceReference> images) {
    public PerformedSeries {
        images = List.copyOf(images);
    }
}
