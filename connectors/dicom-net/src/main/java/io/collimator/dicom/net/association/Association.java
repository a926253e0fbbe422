package io.collimator.dicom.net.association;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseCommand.CCancelRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseCommand.Response;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.Pdv;
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
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstance;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A negotiated association of either side. The {@code on…} methods belong to the transport and are called on its event
 * loop; everything else is thread-safe.
 */
public final class Association implements RequestingAssociation {

    private static final Logger LOG = LoggerFactory.getLogger(Association.class);

    private final AssociationProfile profile;
    private final Link link;
    private final ReadingBrake brake;
    private final AcceptedContexts contexts;
    private final MessageAssembler assembler;
    private final IncomingOperations incoming;
    private final OutgoingRequests outgoing;
    private final ServiceUsers users;

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean open = true;

    /**
     * @param handlerThreads bounded; refuses with {@link java.util.concurrent.RejectedExecutionException}
     */
    public Association(AssociationProfile profile, Link link, Executor handlerThreads) {
        this.profile = profile;
        this.link = link;
        DicomLimits limits = profile.limits();
        this.brake = new ReadingBrake(link);
        this.contexts = profile.contexts();
        this.assembler = new MessageAssembler(
                contexts, limits.codec().maxBytes(), () -> new IncomingDataSet(link, brake, limits.response()));
        MessageSender sender = new MessageSender(link, profile.agreement().maxPduLength());
        PeerDataSets dataSets = profile.dataSets();
        ServiceDispatcher dispatcher = new ServiceDispatcher(new Answering(
                this,
                profile.handlers(),
                dataSets,
                new AnswerSender(sender, limits.response(), this::storeAsSubOperation)));
        this.incoming = new IncomingOperations(
                dispatcher, new LabelledExecutor(handlerThreads, profile), brake, profile.maxOperationsPerformed());
        this.outgoing = new OutgoingRequests(profile, sender, incoming, link);
        this.users = new ServiceUsers(contexts, dataSets, outgoing, dispatcher::receiveWith);
    }

    private DimseStatus storeAsSubOperation(StoredInstance instance, StoreOptions options) {
        return users.storeAsSubOperation(instance, options);
    }

    /** P-DATA of the peer. */
    public void onData(PDataTf data) {
        try {
            for (Pdv value : data.values()) {
                assembler.add(value).ifPresent(this::onMessage);
            }
        } catch (ProtocolException e) {
            link.abort(e);
        }
    }

    private void onMessage(Message message) {
        DimseCommand command = message.command();
        if (command instanceof Response response) {
            outgoing.onResponse(message, response);
        } else if (command instanceof CCancelRq cancel) {
            incoming.cancel(cancel.messageIdBeingRespondedTo());
        } else if (command instanceof Request request) {
            incoming.offer(operation(message, request));
        }
    }

    private static Operation operation(Message message, Request request) {
        IncomingDataSet stream = message.stream();
        return stream == null
                ? Operation.complete(message.context(), request, message.dataSet())
                : Operation.arriving(message.context(), request, stream);
    }

    /** The peer asks for release: it gets it once its requests are answered. */
    public void onReleaseRequested() {
        open = false;
        incoming.onceDrained(link::answerRelease);
    }

    /** The association is over for the reason given, which everyone who waits for a response is told. */
    public void onOver(AssociationException reason) {
        open = false;
        incoming.stop();
        outgoing.stop(reason);
        assembler.arriving().ifPresent(IncomingDataSet::lose);
        over.countDown();
    }

    /** Whether a request of either side is under way; an idle association may be aborted. */
    public boolean isBusy() {
        return incoming.isBusy() || outgoing.isBusy();
    }

    /** Longest P-DATA-TF content that the peer was told to send, in bytes. */
    public int declaredMaxPduLength() {
        return profile.agreement().declaredMaxPduLength();
    }

    /** Takes no more requests; completes when those that are here are answered. */
    public CompletableFuture<Void> drain() {
        // a data set under way is let in: its request could not be answered without
        assembler
                .arriving()
                .ifPresentOrElse(
                        dataSet -> dataSet.onceArrived(() -> brake.set(ReadingBrake.Reason.CLOSING, true)),
                        () -> brake.set(ReadingBrake.Reason.CLOSING, true));
        CompletableFuture<Void> drained = new CompletableFuture<>();
        incoming.onceDrained(() -> drained.complete(null));
        return drained;
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
        return link.remoteAddress();
    }

    @Override
    public Optional<InetAddress> peerAddress() {
        return link.peerAddress();
    }

    @Override
    public boolean isOpen() {
        return open;
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

    /**
     * Waits at most the response time-out for requests of the peer to be answered and then the release time-out for the
     * peer to agree, then aborts. From a handler it does not wait.
     */
    @Override
    public void release() {
        open = false;
        incoming.onceDrained(link::requestRelease);
        if (incoming.isAnsweringThread()) {
            return;
        }
        Duration timeout = profile.limits().response().plus(profile.limits().release());
        try {
            if (!over.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("Association {} is aborted: the release was not answered within {}.", id(), timeout);
                link.abort();
            }
        } catch (InterruptedException e) {
            link.abort();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void abort() {
        open = false;
        link.abort();
    }

    @Override
    public void close() {
        if (open) {
            release();
        }
    }

    @Override
    public String toString() {
        return "Association[%s, %s to %s]".formatted(id(), callingAeTitle(), calledAeTitle());
    }
}
