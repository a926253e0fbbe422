package io.collimator.simulators.commitment;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import java.util.List;

/** The Action Information of a request for storage commitment (PS3.4 Table J.3-1). */
public record CommitmentRequest(Uid transaction, List<InstanceReference> instances) {

    public static final Uid SOP_CLASS = Uids.StorageCommitmentPushModel;

    /** The one instance of the SOP class, known to all (PS3.4 §J.3.5). */
    public static final Uid SOP_INSTANCE = Uids.StorageCommitmentPushModelInstance;

    /** Action Type ID: request storage commitment. */
    public static final int ACTION_TYPE = 1;

    public CommitmentRequest {
        instances = List.copyOf(instances);
    }

    public DataSet toDataSet() {
        return Dictionary.dataSet()
                .put(Tags.TransactionUID, transaction)
                .items(
                        Tags.ReferencedSOPSequence,
                        instances.stream().map(InstanceReference::toDataSet).toList())
                .build();
    }

    /** Throws {@link IllegalArgumentException} when one of the UIDs is none. */
    public static CommitmentRequest of(DataSet information) {
        return new CommitmentRequest(
                new Uid(information.text(Tags.TransactionUID)),
                InstanceReference.listOf(information.items(Tags.ReferencedSOPSequence)));
    }
}
