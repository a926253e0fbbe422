package io.collimator.engine.dispatch;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.custody.InstanceReference;
import io.collimator.workflow.usecase.DeliverReports.Report;
import io.collimator.workflow.usecase.DispatchCommitments.Question;
import java.util.List;

/** Action and event information of storage commitment (PS3.4 Tables J.3-1 and J.3-2). */
final class CommitmentDataSets {

    private CommitmentDataSets() {}

    static DataSet action(Question question) {
        return Dictionary.dataSet()
                .put(Tags.TransactionUID, question.transaction())
                .items(
                        Tags.ReferencedSOPSequence,
                        question.instances().stream()
                                .map(CommitmentDataSets::item)
                                .toList())
                .build();
    }

    static DataSet event(Report report) {
        DataSet.Builder event = Dictionary.dataSet().put(Tags.TransactionUID, report.transaction());
        report.retrieveAe().ifPresent(title -> event.put(Tags.RetrieveAETitle, title.value()));
        List<DataSet> committed =
                report.committed().stream().map(CommitmentDataSets::item).toList();
        if (!committed.isEmpty()) {
            event.items(Tags.ReferencedSOPSequence, committed);
        }
        List<DataSet> failed = report.failed().stream()
                .map(failure -> Dictionary.dataSet(item(failure.instance()))
                        .put(Tags.FailureReason, failure.reason())
                        .build())
                .toList();
        if (!failed.isEmpty()) {
            event.items(Tags.FailedSOPSequence, failed);
        }
        return event.build();
    }

    private static DataSet item(InstanceReference instance) {
        return Dictionary.dataSet()
                .put(Tags.ReferencedSOPClassUID, instance.sopClass())
                .put(Tags.ReferencedSOPInstanceUID, instance.sopInstance())
                .build();
    }
}
