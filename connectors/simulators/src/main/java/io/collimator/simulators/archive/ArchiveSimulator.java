package io.collimator.simulators.archive;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.ActionHandler.ActionRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.simulators.EventLog;
import io.collimator.simulators.PeerAddress;
import io.collimator.simulators.archive.ArchiveEvent.RequestReceived;
import io.collimator.simulators.commitment.CommitmentReport;
import io.collimator.simulators.commitment.CommitmentRequest;
import io.collimator.simulators.commitment.FailedInstance;
import io.collimator.simulators.commitment.InstanceReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An archive without images: it vouches for the instances that it was told that it holds and fails every other with 0112H.
 * Thread-safe.
 */
public final class ArchiveSimulator implements AutoCloseable {

    /** PS3.4 §J.3.2 and PS3.7 Annex C. */
    private static final DimseStatus NO_SUCH_ACTION = DimseStatus.of(0x0123);

    private static final DimseStatus NO_SUCH_INSTANCE = DimseStatus.of(0x0112);
    private static final DimseStatus INVALID_ARGUMENT = DimseStatus.of(0x0115);
    private static final DimseStatus RESOURCE_LIMITATION = DimseStatus.of(0x0213);

    private final AeTitle aeTitle;
    private final Reporter reporter;
    private final DicomListener listener;
    private final Set<Uid> held = ConcurrentHashMap.newKeySet();
    private final EventLog<ArchiveEvent> events = new EventLog<>();
    private volatile Behaviour behaviour = Behaviour.reporting(ReportWay.SAME_ELSE_NEW);

    private ArchiveSimulator(DicomProvider provider, AeTitle aeTitle, int port, DicomLimits limits) {
        this.aeTitle = aeTitle;
        this.reporter = new Reporter(provider, aeTitle, limits, events);
        this.listener = provider.listen(
                new ListenerSettings(aeTitle, PeerAddress.LOOPBACK, port, limits),
                new RequestersOnly(),
                ServiceHandlers.builder()
                        .action(CommitmentRequest.SOP_CLASS, this::handle)
                        .build());
    }

    /**
     * Starts listening; at first it reports on the same association, else on a new one, and holds nothing.
     *
     * @param port 0 for any free port
     * @throws io.collimator.dicom.service.AssociationException when the port cannot be bound
     */
    public static ArchiveSimulator start(DicomProvider provider, AeTitle aeTitle, int port) {
        return new ArchiveSimulator(provider, aeTitle, port, DicomLimits.defaults());
    }

    public PeerAddress address() {
        return PeerAddress.loopback(aeTitle, listener.address().getPort());
    }

    /** Where reports on a new association to this requester go. */
    public void reportTo(PeerAddress requester) {
        reporter.knows(requester);
    }

    /** From now on it holds these instances too. */
    public void holds(Collection<InstanceReference> instances) {
        instances.forEach(reference -> held.add(reference.sopInstance()));
    }

    /** From now on it does not hold these instances any more. */
    public void loses(Collection<InstanceReference> instances) {
        instances.forEach(reference -> held.remove(reference.sopInstance()));
    }

    /** For requests from now on. */
    public void behave(Behaviour next) {
        behaviour = next;
    }

    /** What happened so far. */
    public EventLog<ArchiveEvent> events() {
        return events;
    }

    private NResponse handle(ActionRequest action) {
        if (action.actionTypeId() != CommitmentRequest.ACTION_TYPE) {
            return NResponse.of(NO_SUCH_ACTION);
        }
        if (!action.sopInstance().equals(CommitmentRequest.SOP_INSTANCE)) {
            return NResponse.of(NO_SUCH_INSTANCE);
        }
        try {
            CommitmentRequest request = CommitmentRequest.of(action.information());
            return NResponse.of(request.instances().isEmpty() ? INVALID_ARGUMENT : take(request, action.association()));
        } catch (IllegalArgumentException notReadable) {
            return NResponse.of(INVALID_ARGUMENT);
        }
    }

    private DimseStatus take(CommitmentRequest request, DicomAssociation association) {
        Behaviour now = behaviour;
        DimseStatus status = now.response();
        if (status.isSuccess()
                && now.way() != ReportWay.SILENT
                && !reporter.report(judge(request, now), association, now)) {
            status = RESOURCE_LIMITATION;
        }
        events.add(new RequestReceived(association.callingAeTitle(), request, status));
        return status;
    }

    private CommitmentReport judge(CommitmentRequest request, Behaviour now) {
        List<InstanceReference> committed = new ArrayList<>();
        List<FailedInstance> failed = new ArrayList<>();
        for (InstanceReference reference : request.instances()) {
            Integer reason = now.failures().get(reference.sopInstance());
            if (reason != null) {
                failed.add(new FailedInstance(reference, reason));
            } else if (held.contains(reference.sopInstance())) {
                committed.add(reference);
            } else {
                failed.add(new FailedInstance(reference, FailedInstance.NO_SUCH_INSTANCE));
            }
        }
        return new CommitmentReport(request.transaction(), committed, failed);
    }

    @Override
    public void close() {
        listener.close();
        reporter.close();
    }

    /** Anyone may ask for commitment, and for nothing else. */
    private static final class RequestersOnly implements PeerPolicy {

        @Override
        public boolean isRegistered(AeTitle calling) {
            return true;
        }

        @Override
        public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
            return sopClass.equals(CommitmentRequest.SOP_CLASS) ? Set.of(ServiceRole.SCU) : Set.of();
        }
    }
}
