package io.collimator.simulators.modality;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.simulators.EventLog;
import io.collimator.simulators.PeerAddress;
import io.collimator.simulators.commitment.CommitmentRequest;
import io.collimator.simulators.commitment.InstanceReference;
import io.collimator.simulators.modality.ModalityEvent.CommitmentRequested;
import io.collimator.simulators.modality.ModalityEvent.ReportReceived;
import io.collimator.simulators.modality.ModalityEvent.StepBegun;
import io.collimator.simulators.modality.ModalityEvent.StepChanged;
import io.collimator.simulators.modality.ModalityEvent.WorklistRead;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A modality that acts when it is told to. Each request goes on an association of its own, as most modalities do it. It takes
 * commitment reports on the association of the request, while it holds that, and on new ones. Thread-safe.
 */
public final class ModalitySimulator implements AutoCloseable {

    private static final int MAX_MATCHES = 1000;

    private final DicomProvider provider;
    private final ModalitySettings settings;
    private final ReportReceiver receiver;
    private final EventLog<ModalityEvent> events = new EventLog<>();
    private final AtomicInteger steps = new AtomicInteger();
    private volatile @Nullable PeerAddress target;

    private ModalitySimulator(DicomProvider provider, ModalitySettings settings) {
        this.provider = provider;
        this.settings = settings;
        this.receiver = new ReportReceiver(provider, settings, events);
    }

    /**
     * Starts listening for commitment reports.
     *
     * @throws io.collimator.dicom.service.AssociationException when the port cannot be bound
     */
    public static ModalitySimulator start(DicomProvider provider, ModalitySettings settings) {
        ModalitySimulator modality = new ModalitySimulator(provider, settings);
        modality.receiver.listen();
        return modality;
    }

    /** Where it takes reports on new associations; also where it did before {@link #stopListening()}. */
    public PeerAddress address() {
        return receiver.address();
    }

    /** Whom it asks from now on. */
    public void target(PeerAddress scp) {
        target = scp;
    }

    /** What happened so far. */
    public EventLog<ModalityEvent> events() {
        return events;
    }

    /** C-FIND of the worklist. */
    public WorklistAnswer worklist(WorklistQuery query) {
        try (DicomAssociation association = open(Uids.ModalityWorklistInformationModelFind, ServiceHandlers.none())) {
            FindResult found =
                    association.find(Uids.ModalityWorklistInformationModelFind, query.toDataSet(), MAX_MATCHES);
            WorklistAnswer answer = new WorklistAnswer(
                    found.status(),
                    found.matches().stream().map(WorklistItem::new).toList());
            events.add(new WorklistRead(query, answer));
            return answer;
        }
    }

    /** N-CREATE {@code IN PROGRESS} for the entry. */
    public PerformedStep begin(WorklistItem item) {
        return begin(item, DataSet.empty());
    }

    /**
     * N-CREATE {@code IN PROGRESS} for the entry.
     *
     * @param changes attributes put in place of those that the entry gives, for instance the ID of the wrong patient
     */
    public PerformedStep begin(WorklistItem item, DataSet changes) {
        return create(settings.uids().get(), item, changes);
    }

    /**
     * As {@link #begin(WorklistItem)}, with the UID left to the SCP (PS3.7 §10.1.5.1.4).
     *
     * @throws IllegalStateException when the response carries none
     */
    public PerformedStep beginWithoutUid(WorklistItem item) {
        return create(null, item, DataSet.empty());
    }

    private PerformedStep create(@Nullable Uid instance, WorklistItem item, DataSet changes) {
        DataSet attributes = PerformedStepDataSets.begun(
                        item, settings.aeTitle(), "PPS" + steps.incrementAndGet(), now())
                .withAll(changes);
        try (DicomAssociation association = open(Uids.ModalityPerformedProcedureStep, ServiceHandlers.none())) {
            NResponse response = association.create(Uids.ModalityPerformedProcedureStep, instance, attributes);
            Uid known = instance != null ? instance : response.sopInstance();
            if (known == null) {
                throw new IllegalStateException("N-CREATE without UID was answered " + response.status()
                        + " without one; the SCP must give it (PS3.7 §10.1.5.1.4).");
            }
            PerformedStep step = new PerformedStep(known, item, response.status());
            events.add(new StepBegun(step));
            return step;
        }
    }

    /** The UIDs of a series with so many CT images; nothing is sent. */
    public PerformedSeries acquire(int images) {
        List<InstanceReference> references = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            references.add(
                    new InstanceReference(Uids.CTImageStorage, settings.uids().get()));
        }
        return new PerformedSeries(settings.uids().get(), "ROUTINE", references);
    }

    /** N-SET that lists the series so far and leaves the step in progress. */
    public DimseStatus progress(PerformedStep step, List<PerformedSeries> series) {
        return set(
                step.sopInstance(),
                Dictionary.dataSet()
                        .items(Tags.PerformedSeriesSequence, PerformedStepDataSets.performed(series))
                        .build());
    }

    /** The final N-SET, {@code COMPLETED}. */
    public DimseStatus complete(PerformedStep step, List<PerformedSeries> series) {
        return set(step.sopInstance(), PerformedStepDataSets.completed(now(), series));
    }

    /** The final N-SET, {@code DISCONTINUED}. */
    public DimseStatus discontinue(PerformedStep step, List<PerformedSeries> series, DiscontinuationReason reason) {
        return set(step.sopInstance(), PerformedStepDataSets.discontinued(now(), series, reason));
    }

    private DimseStatus set(Uid instance, DataSet modifications) {
        try (DicomAssociation association = open(Uids.ModalityPerformedProcedureStep, ServiceHandlers.none())) {
            DimseStatus status = association
                    .set(Uids.ModalityPerformedProcedureStep, instance, modifications)
                    .status();
            events.add(new StepChanged(instance, modifications.text(Tags.PerformedProcedureStepStatus), status));
            return status;
        }
    }

    /**
     * N-ACTION request for storage commitment, under a new Transaction UID.
     *
     * @param hold how long the association stays open for the report; zero releases it at once, so that the report has to
     *     come on a new one
     */
    public CommitmentRequested requestCommitment(List<InstanceReference> instances, Duration hold) {
        CommitmentRequest request = new CommitmentRequest(settings.uids().get(), instances);
        try (DicomAssociation association = open(CommitmentRequest.SOP_CLASS, receiver.onOwnAssociation())) {
            DimseStatus status = association
                    .action(
                            CommitmentRequest.SOP_CLASS,
                            CommitmentRequest.SOP_INSTANCE,
                            CommitmentRequest.ACTION_TYPE,
                            request.toDataSet())
                    .status();
            CommitmentRequested requested = new CommitmentRequested(request, status);
            events.add(requested);
            if (status.isSuccess() && !hold.isZero()) {
                awaitReport(request.transaction(), hold);
            }
            return requested;
        }
    }

    /** Waits for the report of a transaction; empty when it does not come in this time. */
    public Optional<ReportReceived> awaitReport(Uid transaction, Duration atMost) {
        return events.await(
                ReportReceived.class,
                received -> received.report().transaction().equals(transaction),
                atMost);
    }

    /** What reports are answered with from now on; success at first. A failure makes the reporter try again. */
    public void answerReportsWith(DimseStatus status) {
        receiver.answerWith(status);
    }

    /** Takes no new associations until {@link #listenAgain()}, as if it were switched off. */
    public void stopListening() {
        receiver.close();
    }

    /** Listens on the port that it had before. */
    public void listenAgain() {
        receiver.listen();
    }

    private DicomAssociation open(Uid sopClass, ServiceHandlers handlers) {
        PeerAddress scp = target;
        if (scp == null) {
            throw new IllegalStateException(
                    "The modality " + settings.aeTitle() + " has no target; call target() first.");
        }
        return provider.open(new AssociationRequest(
                settings.aeTitle(),
                scp.aeTitle(),
                scp.host(),
                scp.port(),
                List.of(PresentationContextProposal.scu(sopClass)),
                handlers,
                settings.limits()));
    }

    private LocalDateTime now() {
        return LocalDateTime.now(settings.clock());
    }

    /** Its AE title. */
    public AeTitle aeTitle() {
        return settings.aeTitle();
    }

    @Override
    public void close() {
        receiver.close();
    }
}
