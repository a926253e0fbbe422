package io.collimator.dicom.net.association;

import io.collimator.dicom.dimse.DimseCommand.CCancelRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseCommand.Response;
import io.collimator.dicom.net.association.Exchange.Outcome;
import io.collimator.dicom.operation.Operation;
import io.collimator.dicom.operation.OutgoingRequest;
import io.collimator.dicom.operation.Reply;
import io.collimator.dicom.operation.RequestChannel;
import io.collimator.dicom.operation.SignOfLife;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends our requests, as many at a time as were agreed on, and waits for their responses (PS3.7 §7.1, §D.3.3.3). Thread-safe. */
final class OutgoingRequests implements RequestChannel {

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingRequests.class);
    private static final int LAST_MESSAGE_ID = 0xFFFF;

    private final MessageSender sender;
    private final IncomingOperations incoming;
    private final Link link;
    private final ReadingBrake brake;
    private final Duration timeout;
    private final Duration moveTimeout;
    private final Semaphore window;

    private final Map<Integer, Exchange> exchanges = new HashMap<>();
    private @Nullable AssociationException over;
    private int lastMessageId;

    /**
     * @param profile says how many requests may be outstanding
     */
    OutgoingRequests(AssociationProfile profile, MessageSender sender, IncomingOperations incoming, Link link) {
        this.sender = sender;
        this.incoming = incoming;
        this.link = link;
        this.brake = incoming.brake();
        this.timeout = profile.limits().response();
        this.moveTimeout = profile.limits().move();
        this.window = new Semaphore(profile.maxOperationsInvoked(), true);
    }

    @Override
    public void exchange(OutgoingRequest request, BiPredicate<Reply, Runnable> responses) {
        if (incoming.isAnsweringThread()) {
            throw new IllegalStateException(
                    "A handler sends a request on the association whose request it is answering; return first and send from another thread.");
        }
        interruptibly(() -> {
            enter();
            try {
                exchange(request, responses, true);
            } finally {
                window.release();
            }
        });
    }

    @Override
    public void subOperation(OutgoingRequest request, BiPredicate<Reply, Runnable> responses) {
        interruptibly(() -> exchange(request, responses, false));
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    private void interruptibly(Waiting waiting) {
        try {
            waiting.run();
        } catch (InterruptedException e) {
            link.abort();
            Thread.currentThread().interrupt();
            throw new AssociationException(
                    Kind.ABORTED, "The thread was interrupted while it waited for a DIMSE response.", e);
        }
    }

    private void enter() throws InterruptedException {
        if (!window.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssociationException(
                    Kind.TIMEOUT,
                    "Another request on the association was not answered within %s.".formatted(timeout),
                    null);
        }
    }

    private void exchange(OutgoingRequest request, BiPredicate<Reply, Runnable> responses, boolean inTurn)
            throws InterruptedException {
        Exchange begun = begin();
        Runnable cancel = () -> cancel(begun, request);
        try {
            send(begun, request, inTurn);
            request.cancel().onCancel(cancel);
            boolean more = true;
            while (more) {
                more = responses.test(await(begun, request.signOfLife()), cancel);
            }
        } finally {
            request.cancel().forget(cancel);
            end(begun);
        }
    }

    private void cancel(Exchange begun, OutgoingRequest request) {
        if (begun.mayCancel()) {
            sender.send(request.context(), new CCancelRq(begun.messageId()), Operation.NO_DATA_SET);
        }
    }

    private Exchange begin() {
        synchronized (exchanges) {
            AssociationException reason = over;
            if (reason != null) {
                throw restated(reason);
            }
            do {
                lastMessageId = lastMessageId % LAST_MESSAGE_ID + 1;
            } while (exchanges.containsKey(lastMessageId));
            Exchange begun = new Exchange(lastMessageId, brake);
            exchanges.put(lastMessageId, begun);
            return begun;
        }
    }

    private void send(Exchange begun, OutgoingRequest request, boolean inTurn) throws InterruptedException {
        Request command = request.command().apply(begun.messageId());
        InputStream stream = request.stream();
        // a stream is sent by this thread, which may wait for the peer; it only takes its turn here
        Runnable sending = stream == null ? () -> sender.send(request.context(), command, request.dataSet()) : () -> {};
        if (inTurn) {
            incoming.betweenOperations(() -> begun.send(sending));
        } else {
            begun.send(sending);
        }
        if (!begun.awaitSent(timeout)) {
            throw new AssociationException(
                    Kind.TIMEOUT,
                    "The request was not sent within %s, because a request of the peer was still being answered."
                            .formatted(timeout),
                    null);
        }
        if (stream != null) {
            stream(request, command, stream);
        }
    }

    private void stream(OutgoingRequest request, Request command, InputStream stream) throws InterruptedException {
        boolean complete = false;
        try {
            complete = sender.stream(request.context(), command, stream, timeout);
            if (!complete) {
                throw ended().orElseGet(() -> new AssociationException(
                        Kind.TIMEOUT,
                        "The peer took no more of a data set within %s; the association is aborted.".formatted(timeout),
                        null));
            }
        } catch (IOException e) {
            throw new AssociationException(
                    Kind.ABORTED,
                    "The data set to send could not be read to its end; the association is aborted, for half a message cannot be taken back.",
                    e);
        } finally {
            if (!complete) {
                link.abort();
            }
        }
    }

    private Reply await(Exchange begun, SignOfLife signOfLife) throws InterruptedException {
        Duration patience = signOfLife == SignOfLife.ASSOCIATION ? moveTimeout : timeout;
        Optional<Outcome> outcome = begun.take(patience);
        while (outcome.isEmpty() && signOfLife == SignOfLife.SUB_OPERATION && incoming.wasBusy()) {
            outcome = begun.take(timeout);
        }
        if (outcome.isEmpty()) {
            link.abort();
            throw new AssociationException(
                    Kind.TIMEOUT,
                    "The peer sent no DIMSE response within %s; the association is aborted.".formatted(patience),
                    null);
        }
        if (outcome.get() instanceof Outcome.Failed failed) {
            throw restated(failed.reason());
        }
        return ((Outcome.Received) outcome.get()).reply();
    }

    private Optional<AssociationException> ended() {
        synchronized (exchanges) {
            return Optional.ofNullable(over).map(OutgoingRequests::restated);
        }
    }

    /** The same reason with the stack of the thread that is told. */
    private static AssociationException restated(AssociationException reason) {
        return new AssociationException(reason.kind(), String.valueOf(reason.getMessage()), reason);
    }

    private void end(Exchange ended) {
        synchronized (exchanges) {
            exchanges.remove(ended.messageId());
        }
        ended.end();
    }

    boolean isBusy() {
        synchronized (exchanges) {
            return !exchanges.isEmpty();
        }
    }

    /** A response of the peer; called on the event loop. */
    void onResponse(Message message, Response response) {
        Exchange waiting;
        synchronized (exchanges) {
            waiting = exchanges.get(response.messageIdBeingRespondedTo());
        }
        if (waiting == null) {
            LOG.debug(
                    "A response to message ID {} is ignored: no such request is waiting.",
                    response.messageIdBeingRespondedTo());
            return;
        }
        waiting.received(new Reply(response, message.dataSet()));
    }

    /** The association is over: whoever waits gets the reason, and so does everyone who asks later. */
    void stop(AssociationException reason) {
        List<Exchange> waiting;
        synchronized (exchanges) {
            over = reason;
            waiting = List.copyOf(exchanges.values());
        }
        waiting.forEach(exchange -> exchange.failed(reason));
    }
}
