package io.collimator.engine.intake;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.workflow.usecase.RecordArchiveReport;
import io.collimator.workflow.usecase.RequestCommitment;
import io.collimator.workflow.usecase.RequestCommitment.Requested;
import io.collimator.workflow.usecase.RequestRefusedException;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;

/** {@code commitments}: requests of modalities and reports of the archive (PS3.4 §J.3). */
public final class CommitmentsIntake {

    private final RequestCommitment requestCommitment;
    private final RecordArchiveReport recordArchiveReport;
    private final Peer peer;

    /**
     * What tells who spoke, and who is told.
     *
     * @param ours our AE title: tells which end of an association the peer is
     * @param registered the title that a peer is registered by, which may differ in case from the one that it calls by
     * @param associations where reports may go back
     * @param dueWork told when something became due; must not block
     */
    public record Peer(
            AeTitle ours, UnaryOperator<AeTitle> registered, OpenAssociations associations, Runnable dueWork) {}

    public CommitmentsIntake(RequestCommitment requestCommitment, RecordArchiveReport recordArchiveReport, Peer peer) {
        this.requestCommitment = requestCommitment;
        this.recordArchiveReport = recordArchiveReport;
        this.peer = peer;
    }

    /** Stores an N-ACTION; the archive is asked and the modality gets its report later. */
    public void request(Exchange exchange) {
        DicomRequest request = new DicomRequest(exchange);
        Uid instance = request.sopInstance();
        try {
            Requested requested = requestCommitment.request(new RequestCommitment.Request(
                    request.calling(),
                    instance == null ? Uids.StorageCommitmentPushModel : instance,
                    request.actionType(),
                    request.dataSet()));
            peer.associations().remember(requested.id(), request.association());
            new CommittedReceipt(requested.receipt()).attachTo(exchange);
            exchange.getMessage().setBody(NResponse.success());
            peer.dueWork().run();
        } catch (RequestRefusedException e) {
            throw DicomRequest.refused(e);
        }
    }

    /** Records an N-EVENT-REPORT, which came on an association of the archive's or on one of ours. */
    public void archiveReport(Exchange exchange) {
        DicomRequest request = new DicomRequest(exchange);
        DicomAssociation association = request.association();
        AeTitle from = peer.registered()
                .apply(
                        association.callingAeTitle().equals(peer.ours())
                                ? association.calledAeTitle()
                                : association.callingAeTitle());
        new CommittedReceipt(recordArchiveReport.report(from, request.dataSet())).attachTo(exchange);
        exchange.getMessage().setBody(NResponse.success());
        peer.dueWork().run();
    }
}
