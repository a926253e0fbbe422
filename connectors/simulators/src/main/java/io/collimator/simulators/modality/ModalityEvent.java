package io.collimator.simulators.modality;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.simulators.commitment.CommitmentReport;
import io.collimator.simulators.commitment.CommitmentRequest;

/** What happened at the modality. */
public sealed interface ModalityEvent {

    /** The worklist answered. */
    record WorklistRead(WorklistQuery query, WorklistAnswer answer) implements ModalityEvent {}

    /** N-CREATE was answered. */
    record StepBegun(PerformedStep step) implements ModalityEvent {}

    /** A N-SET was answered; {@code stepStatus} is what it set, "" for none. */
    record StepChanged(Uid sopInstance, String stepStatus, DimseStatus status) implements ModalityEvent {}

    /** N-ACTION was answered. */
    record CommitmentRequested(CommitmentRequest request, DimseStatus status) implements ModalityEvent {}

    /**
     * A commitment report came.
     *
     * @param reporter who it is from
     * @param newAssociation on an association that the reporter opened, else on that of the request
     * @param answer what the modality answered
     */
    record ReportReceived(AeTitle reporter, boolean newAssociation, CommitmentReport report, DimseStatus answer)
            implements ModalityEvent {}
}
