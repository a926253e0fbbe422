package io.collimator.simulators.commitment;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;

/**
 * An instance that is not committed.
 *
 * @param reason Failure Reason (0008,1197), for instance {@link #NO_SUCH_INSTANCE} (PS3.3 §C.14.1.1)
 */
public record FailedInstance(InstanceReference reference, int reason) {

    /** The archive does not have it. */
    public static final int NO_SUCH_INSTANCE = 0x0112;

    /** The archive could not process it. */
    public static final int PROCESSING_FAILURE = 0x0110;

    DataSet toDataSet() {
        return Dictionary.dataSet(reference.toDataSet())
                .put(Tags.FailureReason, reason)
                .build();
    }

    static FailedInstance of(DataSet item) {
        return new FailedInstance(InstanceReference.of(item), (int)
                item.integer(Tags.FailureReason).orElse(0));
    }
}
