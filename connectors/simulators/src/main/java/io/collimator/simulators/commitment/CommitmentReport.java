package io.collimator.simulators.commitment;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.List;

/** The Event Information of a report on storage commitment (PS3.4 Table J.3-2). */
public record CommitmentReport(Uid transaction, List<InstanceReference> committed, List<FailedInstance> failed) {

    private static final int ALL_COMMITTED = 1;
    private static final int FAILURES_EXIST = 2;

    public CommitmentReport {
        committed = List.copyOf(committed);
        failed = List.copyOf(failed);
    }

    /** 1 all committed, 2 failures exist. */
    public int eventType() {
        return failed.isEmpty() ? ALL_COMMITTED : FAILURES_EXIST;
    }

    /** An empty sequence is left out: neither may be there without items. */
    public DataSet toDataSet() {
        DataSet.Builder information = Dictionary.dataSet().put(Tags.TransactionUID, transaction);
        if (!committed.isEmpty()) {
            information.items(
                    Tags.ReferencedSOPSequence,
                    committed.stream().map(InstanceReference::toDataSet).toList());
        }
        if (!failed.isEmpty()) {
            information.items(
                    Tags.FailedSOPSequence,
                    failed.stream().map(FailedInstance::toDataSet).toList());
        }
        return information.build();
    }

    /** Throws {@link IllegalArgumentException} when one of the UIDs is none. */
    public static CommitmentReport of(DataSet information) {
        return new CommitmentReport(
                new Uid(information.text(Tags.TransactionUID)),
                InstanceReference.listOf(information.items(Tags.ReferencedSOPSequence)),
                information.items(Tags.FailedSOPSequence).stream()
                        .map(FailedInstance::of)
                        .toList());
    }
}
