package io.collimator.engine.intake;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.usecase.RecordArchiveReport;
import io.collimator.workflow.usecase.RequestCommitment;
import io.collimator.workflow.usecase.RequestCommitment.Requested;
import io.collimator.workflow.usecase.RequestRefusedException;
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
     * @param registry of the peers
     * @param associations where reports may go back
     * @param dueWork told when something became due; must not block
     */
    public record Peer(AeTitle ours, ApplicationEntities registry, OpenAssociations associations, Runnable dueWork) {}

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
        // which may differ in case from the title that it calls by
        AeTitle from = peer.registry()
                .registered(
                        association.callingAeTitle().equals(peer.ours())
                                ? association.calledAeTitle()
                                : association.callingAeTitle());
        // one that we opened leads where the archive's host leads
        CommitReceipt receipt =
                peer.registry().mayCallFrom(from, association.peerAddress().orElse(null))
                        ? recordArchiveReport.report(from, request.dataSet())
                        : recordArchiveReport.disbelieve(
                                from,
                                "it came from %s, which is not among the hosts of %s"
                                        .formatted(association.remoteAddress(), from),
                                request.dataSet());
        new CommittedReceipt(receipt).attachTo(exchange);
        exchange.getMessage().setBody(NResponse.success());
        peer.dueWork().run();
    }
}
