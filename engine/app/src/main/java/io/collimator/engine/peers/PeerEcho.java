package io.collimator.engine.peers;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.engine.config.ApplicationEntity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * C-ECHO to a registered peer (PS3.4 Annex A), with a presentation context for everything that we could ask of one, so that
 * its answer also says what it serves. Thread-safe.
 */
public final class PeerEcho {

    private static final List<Uid> ASKED_FOR = List.of(
            Uids.Verification,
            Uids.ModalityWorklistInformationModelFind,
            Uids.ModalityPerformedProcedureStep,
            Uids.StorageCommitmentPushModel,
            Uids.StudyRootQueryRetrieveInformationModelFind,
            Uids.StudyRootQueryRetrieveInformationModelMove,
            Uids.StudyRootQueryRetrieveInformationModelGet);

    private final DicomProvider provider;
    private final AeTitle calling;
    private final DicomLimits limits;
    private final Clock clock;

    public PeerEcho(DicomProvider provider, AeTitle calling, DicomLimits limits, Clock clock) {
        this.provider = provider;
        this.calling = calling;
        this.limits = limits;
        this.clock = clock;
    }

    /** Asks, and blocks for at most the limits of connecting, negotiating and answering; a failure is a result. */
    public EchoResult echo(ApplicationEntity peer) {
        if (!peer.isReachable()) {
            return EchoResult.failed(
                    peer.title(), "No host is registered; set host and port in config/application-entities.yaml.");
        }
        AssociationRequest request = new AssociationRequest(
                calling,
                peer.title(),
                peer.host(),
                peer.port(),
                ASKED_FOR.stream().map(PresentationContextProposal::scu).toList(),
                ServiceHandlers.none(),
                limits);
        try (DicomAssociation association = provider.open(request)) {
            return echo(peer, association);
        } catch (AssociationException e) {
            return EchoResult.failed(peer.title(), String.valueOf(e.getMessage()));
        }
    }

    private EchoResult echo(ApplicationEntity peer, DicomAssociation association) {
        Map<Uid, Set<Uid>> contexts = association.acceptedContexts();
        Instant before = clock.instant();
        try {
            DimseStatus status = association.echo();
            Duration roundTrip = Duration.between(before, clock.instant());
            String problem = status.isSuccess() ? "" : "The peer answered %s; ask its vendor.".formatted(status);
            return new EchoResult(peer.title(), status, roundTrip, contexts, problem);
        } catch (AssociationException e) {
            return new EchoResult(peer.title(), null, null, contexts, String.valueOf(e.getMessage()));
        }
    }
}
