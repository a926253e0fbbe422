package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.MatchConsumer;
import io.collimator.dicom.service.Query;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.StoreHandler;
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstance;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
final class Session implements DicomAssociation {

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
    private final Answers answers;
    private final ServiceDispatcher dispatcher;
    private final StoreResponder stores;
    private final IncomingOperations incoming;
    private final Requests requests;
    private final Queries queries;

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
        this.answers = new Answers(new Responses(association, watch), limits.codec());
        this.dispatcher = new ServiceDispatcher(this, profile.handlers(), answers);
        this.stores = new StoreResponder(this, profile.handlers(), dispatcher, answers);
        this.incoming = new IncomingOperations(dispatcher, handlerThreads, agreement.maxOperationsPerformed());
        OutgoingRequests outgoing =
                new OutgoingRequests(this, incoming, agreement.maxOperationsInvoked(), this::reasonOfEnd);
        this.requests = new Requests(agreement, outgoing, limits.codec());
        this.queries = new Queries(agreement, outgoing, requests, stores);
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
        AcceptedContext context = profile.agreement().context(contextId).orElseThrow(AAbort::new);
        Request request = request(commandSet);
        if (request instanceof CStoreRq && values != null) {
            Operation operation = new Operation(context, request, Wire.NO_DATA_SET);
            incoming.performHere(
                    operation,
                    () -> stores.respond(operation, values, association.getSocket(), limits().response()),
                    () -> {
                        arriving(values, 0).finish();
                        dispatcher.refuseBusy(operation);
                    });
            return;
        }
        byte[] dataSet = values == null ? Wire.NO_DATA_SET : read(values);
        association.addCancelRQHandler(request.messageId(), ended -> incoming.cancel(request.messageId()));
        incoming.offer(new Operation(context, request, dataSet));
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
        ArrivingDataSet arriving = arriving(values, limit + 1L);
        byte[] dataSet = arriving.readNBytes(limit + 1);
        arriving.finish();
        return dataSet;
    }

    private ArrivingDataSet arriving(PDVInputStream values, long maxBytes) throws IOException {
        return new ArrivingDataSet(values, association.getSocket(), limits().response(), maxBytes);
    }

    /** C-STORE within a C-GET that is being answered. */
    DimseStatus storeAsSubOperation(StoredInstance instance, StoreOptions options) {
        return requests.storeAsSubOperation(instance, options);
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

    /** Takes no more requests. */
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
    public boolean isOpen() {
        return open && association.isReadyForDataTransfer();
    }

    @Override
    public Map<Uid, Set<Uid>> acceptedContexts() {
        return profile.agreement().transferSyntaxes();
    }

    @Override
    public AssociationOptions options() {
        return profile.agreement().options();
    }

    @Override
    public DimseStatus echo() {
        return requests.echo();
    }

    @Override
    public FindResult find(Uid sopClass, DataSet identifier, int maxMatches) {
        return queries.find(sopClass, identifier, maxMatches);
    }

    @Override
    public DimseStatus find(Query query, MatchConsumer matches) {
        return queries.find(query, matches);
    }

    @Override
    public DimseStatus store(StoredInstance instance, StoreOptions options) {
        return requests.store(instance, options);
    }

    @Override
    public RetrieveResult move(Query query, AeTitle destination) {
        return queries.move(query, destination);
    }

    @Override
    public RetrieveResult get(Query query, StoreHandler receiver) {
        return queries.get(query, receiver);
    }

    @Override
    public NResponse get(Uid sopClass, Uid sopInstance, List<Tag> attributes) {
        return requests.get(sopClass, sopInstance, attributes);
    }

    @Override
    public NResponse delete(Uid sopClass, Uid sopInstance) {
        return requests.delete(sopClass, sopInstance);
    }

    @Override
    public NResponse create(Uid sopClass, @Nullable Uid sopInstance, DataSet attributes) {
        return requests.create(sopClass, sopInstance, attributes);
    }

    @Override
    public NResponse set(Uid sopClass, Uid sopInstance, DataSet modifications) {
        return requests.set(sopClass, sopInstance, modifications);
    }

    @Override
    public NResponse action(Uid sopClass, Uid sopInstance, int actionTypeId, DataSet information) {
        return requests.action(sopClass, sopInstance, actionTypeId, information);
    }

    @Override
    public NResponse eventReport(Uid sopClass, Uid sopInstance, int eventTypeId, DataSet information) {
        return requests.eventReport(sopClass, sopInstance, eventTypeId, information);
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
