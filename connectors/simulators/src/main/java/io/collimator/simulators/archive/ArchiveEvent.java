package io.collimator.simulators.archive;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.simulators.commitment.CommitmentReport;
import io.collimator.simulators.commitment.CommitmentRequest;

/** What happened at the archive. */
public sealed interface ArchiveEvent {

    /** A request came; {@code status} is what was answered. */
    record RequestReceived(AeTitle requester, CommitmentRequest request, DimseStatus status) implements ArchiveEvent {}

    /** The requester answered a report. */
    record ReportAnswered(AeTitle requester, CommitmentReport report, boolean newAssociation, DimseStatus status)
            implements ArchiveEvent {}

    /** A report reached nobody. */
    record ReportLost(AeTitle requester, CommitmentReport report, String reason) implements ArchiveEvent {}
}
