package io.collimator.engine.dispatch;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.intake.OpenAssociations;
import io.collimator.workflow.usecase.DeliverReports;
import io.collimator.workflow.usecase.DeliverReports.Report;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers commitment reports: on the association of the request while it is open, else on a new one on which we are the
 * SCP (PS3.4 §J.3.3, §J.3.4).
 */
final class ReportDelivery implements DueWork<Report> {

    private static final Logger LOG = LoggerFactory.getLogger(ReportDelivery.class);

    /** PS3.4 §J.3.3.1.1: all committed, or failures exist. */
    private static final int ALL_COMMITTED = 1;

    private static final int FAILURES_EXIST = 2;

    private final DeliverReports deliverReports;
    private final OpenAssociations associations;
    private final Caller caller;
    private final Clock clock;

    /** What new associations are opened with. */
    record Caller(DicomProvider provider, ApplicationEntities peers, AeTitle ours, DicomLimits limits) {}

    ReportDelivery(DeliverReports deliverReports, OpenAssociations associations, Caller caller, Clock clock) {
        this.deliverReports = deliverReports;
        this.associations = associations;
        this.caller = caller;
        this.clock = clock;
    }

    @Override
    public List<Report> claim(int max, Set<AeTitle> busy) {
        return deliverReports.due(clock.instant(), max, busy);
    }

    @Override
    public AeTitle peerOf(Report report) {
        return report.to();
    }

    @Override
    public void carryOut(Report report) {
        try {
            DimseStatus status = deliver(report);
            if (status.isFailure()) {
                throw new DimseException(status);
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} did not take the report on transaction {}: {}",
                    report.to(),
                    report.transaction(),
                    Failure.reason(e));
            deliverReports.deliveryFailed(report.id(), Failure.reason(e));
            return;
        }
        deliverReports.delivered(report.id());
    }

    private DimseStatus deliver(Report report) {
        Optional<DicomAssociation> open = associations.take(report.id());
        if (open.isPresent()) {
            try {
                return send(open.get(), report);
            } catch (AssociationException e) {
                LOG.debug("Association {} ended before its report", open.get().id(), e);
            }
        }
        try (DicomAssociation association = open(report.to())) {
            return send(association, report);
        }
    }

    private static DimseStatus send(DicomAssociation association, Report report) {
        DataSet information = CommitmentDataSets.event(report);
        int eventType = report.failed().isEmpty() ? ALL_COMMITTED : FAILURES_EXIST;
        return association
                .eventReport(
                        Uids.StorageCommitmentPushModel,
                        Uids.StorageCommitmentPushModelInstance,
                        eventType,
                        information)
                .status();
    }

    private DicomAssociation open(AeTitle title) {
        ApplicationEntity peer = caller.peers()
                .find(title)
                .filter(ApplicationEntity::isReachable)
                .orElseThrow(() -> new AssociationException(
                        AssociationException.Kind.CONNECT,
                        "%s has no host and port in config/application-entities.yaml.".formatted(title),
                        null));
        return caller.provider()
                .open(new AssociationRequest(
                        caller.ours(),
                        title,
                        peer.host(),
                        peer.port(),
                        List.of(PresentationContextProposal.scp(Uids.StorageCommitmentPushModel)),
                        ServiceHandlers.none(),
                        caller.limits()));
    }
}
