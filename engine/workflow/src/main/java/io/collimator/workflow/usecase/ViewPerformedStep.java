package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.performed.PerformedStep;
import io.collimator.workflow.port.Transactions;
import java.util.Optional;

/** Shows a performed step to who asks by its UID (PS3.4 §F.8). */
public final class ViewPerformedStep {

    private final Transactions transactions;

    public ViewPerformedStep(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Everything that was reported of the step, empty when it is unknown. Text is Unicode, without a character set.
     *
     * @throws io.collimator.workflow.port.StorageException when the store does not answer
     */
    public Optional<DataSet> attributes(Uid sopInstance) {
        return transactions.read(
                session -> session.performedSteps().find(sopInstance).map(PerformedStep::dataSet));
    }
}
