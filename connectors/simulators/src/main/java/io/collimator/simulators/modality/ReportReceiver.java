package io.collimator.simulators.modality;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.EventReportHandler.EventReportRequest;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.simulators.EventLog;
import io.collimator.simulators.PeerAddress;
import io.collimator.simulators.commitment.CommitmentReport;
import io.collimator.simulators.commitment.CommitmentRequest;
import io.collimator.simulators.modality.ModalityEvent.ReportReceived;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes commitment reports, on the modality's own associations and on those that a reporter opens in the SCP role. */
final class ReportReceiver implements AutoCloseable {

    /** PS3.7 Annex C: an argument of the report is not valid. */
    private static final DimseStatus INVALID_ARGUMENT = DimseStatus.of(0x0115);

    private final DicomProvider provider;
    private final ModalitySettings settings;
    private final EventLog<ModalityEvent> events;
    private volatile DimseStatus answer = DimseStatus.SUCCESS;
    private @Nullable DicomListener listener;
    private int port;

    ReportReceiver(DicomProvider provider, ModalitySettings settings, EventLog<ModalityEvent> events) {
        this.provider = provider;
        this.settings = settings;
        this.events = events;
        this.port = settings.listenPort();
    }

    synchronized void listen() {
        if (listener == null) {
            DicomListener opened = provider.listen(
                    new ListenerSettings(settings.aeTitle(), PeerAddress.LOOPBACK, port, settings.limits()),
                    new ReportersOnly(),
                    handlers(true));
            listener = opened;
            port = opened.address().getPort();
        }
    }

    synchronized PeerAddress address() {
        return PeerAddress.loopback(settings.aeTitle(), port);
    }

    void answerWith(DimseStatus status) {
        answer = status;
    }

    /** The handlers for an association that the modality opens. */
    ServiceHandlers onOwnAssociation() {
        return handlers(false);
    }

    private ServiceHandlers handlers(boolean newAssociation) {
        return ServiceHandlers.builder()
                .eventReport(CommitmentRequest.SOP_CLASS, request -> receive(request, newAssociation))
                .build();
    }

    private NResponse receive(EventReportRequest request, boolean newAssociation) {
        AeTitle reporter = newAssociation
                ? request.association().callingAeTitle()
                : request.association().calledAeTitle();
        try {
            CommitmentReport report = CommitmentReport.of(request.information());
            DimseStatus status = answer;
            events.add(new ReportReceived(reporter, newAssociation, report, status));
            return NResponse.of(status);
        } catch (IllegalArgumentException notReadable) {
            return NResponse.of(INVALID_ARGUMENT);
        }
    }

    @Override
    public synchronized void close() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    /** Anyone may report; nobody may ask anything else of a modality. */
    private static final class ReportersOnly implements PeerPolicy {

        @Override
        public boolean isRegistered(AeTitle calling) {
            return true;
        }

        @Override
        public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
            return sopClass.equals(CommitmentRequest.SOP_CLASS) ? Set.of(ServiceRole.SCP) : Set.of();
        }
    }
}
