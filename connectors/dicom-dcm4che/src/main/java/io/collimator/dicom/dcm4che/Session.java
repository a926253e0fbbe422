package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.operation.AcceptedContexts;
import io.collimator.dicom.operation.Answering;
import io.collimator.dicom.operation.Operation;
import io.collimator.dicom.operation.PeerDataSets;
import io.collimator.dicom.operation.RequestingAssociation;
import io.collimator.dicom.operation.ServiceDispatcher;
import io.collimator.dicom.operation.ServiceUsers;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstance;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.AAbort;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An association of dcm4che as the port has it, of either side. Thread-safe. */
final class Session implements RequestingAssociation {

    /**
     * What an association is.
     *
     * @param id for logs
     * @param handlers what answers the peer's requests
     */
    record Profile(String id, Agreement agreement, ServiceHandlers handlers, DicomLimits limits) {}

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Profile profile;
    private final Association association;
    private final WriteWatch watch;
    private final AcceptedContexts contexts;
    private final ServiceDispatcher dispatcher;
    private final IncomingOperations incoming;
    private final ServiceUsers users;

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean open = true;

    /**
     * @param handlerThreads bounded; refuses with {@link java.util.concurrent.RejectedExecutionException}
     */
    Session(Profile profile, Association association, ThreadPoolExecutor handlerThreads) {
        Agreement agreement = profile.agreement();
        DicomLimits limits = profile.limits();
        this.profile = profile;
        this.association = association;
        this.watch = new WriteWatch(limits.response());
        this.contexts = new AcceptedContexts(agreement.peer(), agreement.contexts());
        PeerDataSets dataSets = new PeerDataSets(
                agreement.peer(), limits.codec(), profile.handlers().sloppiness());
        this.dispatcher = new ServiceDispatcher(new Answering(
                this, profile.handlers(), dataSets, new Responses(association, watch, this::storeAsSubOperation)));
        this.incoming = new IncomingOperations(
                dispatcher,
                new LogLabels(profile.id(), agreement.peer()),
                handlerThreads,
                agreement.maxOperationsPerformed());
        OutgoingRequests outgoing =
                new OutgoingRequests(this, incoming, agreement.maxOperationsInvoked(), this::reasonOfEnd);
        this.users = new ServiceUsers(contexts, dataSets, outgoing, dispatcher::receiveWith);
    }

    Association association() {
        return association;
    }

    WriteWatch watch() {
        return watch;
    }

    DicomLimits limits() {
        return profile.limits();
    }

    /** The other side's AE title. */
    AeTitle peer() {
        return profile.agreement().peer();
    }

    /** A request of the peer; called on the thread that reads from it. */
    void onRequest(int contextId, Attributes commandSet, @Nullable PDVInputStream values) throws IOException {
        AcceptedContext context = contexts.context(contextId).orElseThrow(AAbort::new);
        Request request = request(commandSet);
        if (request instanceof CStoreRq && values != null) {
            perform(context, request, arriving(values));
            return;
        }
        byte[] dataSet = values == null ? Operation.NO_DATA_SET : read(values);
        association.addCancelRQHandler(request.messageId(), ended -> incoming.cancel(request.messageId()));
        incoming.offer(Operation.complete(context, request, dataSet));
    }

    private void perform(AcceptedContext context, Request request, PdvDataSet dataSet) throws IOException {
        Operation operation = Operation.arriving(context, request, dataSet);
        incoming.performHere(
                operation,
                () -> {
                    dispatcher.answer(operation);
                    dataSet.checkArrived();
                },
                () -> {
                    if (dataSet.finish()) {
                        dispatcher.refuseBusy(operation);
                    }
                    dataSet.checkArrived();
                });
    }

    private static Request request(Attributes commandSet) throws AAbort {
        try {
            DimseCommand command = Wire.command(commandSet);
            if (command instanceof Request request) {
                return request;
            }
        } catch (DicomDataException e) {
            LOG.info("A command set cannot be read, the association is aborted: {}", e.getMessage());
        }
        throw new AAbort();
    }

    /** One byte over the limit is kept: whoever decodes it then finds it too long and answers. */
    private byte[] read(PDVInputStream values) throws IOException {
        int limit = limits().codec().maxBytes();
        PdvDataSet arriving = arriving(values);
        byte[] dataSet = arriving.open(limit + 1L).readNBytes(limit + 1);
        arriving.finish();
        arriving.checkArrived();
        return dataSet;
    }

    private PdvDataSet arriving(PDVInputStream values) throws IOException {
        return new PdvDataSet(values, association.getSocket(), limits().response());
    }

    private DimseStatus storeAsSubOperation(StoredInstance instance, StoreOptions options) {
        return users.storeAsSubOperation(instance, options);
    }

    /** The association is over. */
    void onOver() {
        open = false;
        incoming.stop();
        over.countDown();
    }

    private AssociationException reasonOfEnd() {
        return Endings.of(association.getException(), peer());
    }

    /** Takes no more user. */
    void closeForRequests() {
        incoming.close();
    }

    /** Waits for the answers to the requests that are here, then ends it. */
    void drain(Duration timeout) {
        try {
            if (!incoming.awaitDrained(timeout)) {
                LOG.warn("Association {} was still being served after {} and is aborted.", id(), timeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        abort();
    }

    @Override
    public String id() {
        return profile.id();
    }

    @Override
    public AeTitle callingAeTitle() {
        return profile.agreement().calling();
    }

    @Override
    public AeTitle calledAeTitle() {
        return profile.agreement().called();
    }

    @Override
    public String remoteAddress() {
        return Endings.address(association.getSocket());
    }

    @Override
    public Optional<InetAddress> peerAddress() {
        return Optional.ofNullable(association.getSocket().getInetAddress());
    }

    @Override
    public boolean isOpen() {
        return open && association.isReadyForDataTransfer();
    }

    @Override
    public Map<Uid, Set<Uid>> acceptedContexts() {
        return contexts.transferSyntaxes();
    }

    @Override
    public AssociationOptions options() {
        return profile.agreement().options();
    }

    @Override
    public ServiceUsers users() {
        return users;
    }

    /** Waits at most the release time-out for the peer to agree, then aborts. From a handler it does not wait. */
    @Override
    public void release() {
        open = false;
        incoming.onceDrained(this::requestRelease);
        if (incoming.isAnsweringThread()) {
            return;
        }
        try {
            boolean drained = incoming.awaitDrained(limits().response());
            if (!drained || !over.await(limits().release().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info(
                        "Association {} is aborted: the release was not answered within {}.", id(), limits().release());
                abort();
            }
        } catch (InterruptedException e) {
            abort();
            Thread.currentThread().interrupt();
        }
    }

    private void requestRelease() {
        try {
            association.release();
        } catch (IOException e) {
            LOG.debug("Association {} was over before it was released: {}", id(), e.getMessage());
        }
    }

    @Override
    public void abort() {
        open = false;
        association.abort();
    }

    @Override
    public void close() {
        if (open) {
            release();
        }
    }

    @Override
    public String toString() {
        return "Session[%s, %s to %s]".formatted(id(), callingAeTitle(), calledAeTitle());
    }
}
