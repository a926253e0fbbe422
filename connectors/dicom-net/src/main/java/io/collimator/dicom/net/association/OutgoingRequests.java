package io.collimator.dicom.net.association;

import io.collimator.dicom.dimse.DimseCommand.CCancelRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseCommand.Response;
import io.collimator.dicom.net.association.Exchange.Reply;
import io.collimator.dicom.net.negotiation.AcceptedContext;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends our requests, one at a time, and waits for their responses (PS3.7 §7.1, no asynchronous window). Thread-safe. */
final class OutgoingRequests {

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingRequests.class);
    private static final int LAST_MESSAGE_ID = 0xFFFF;

    private final MessageSender sender;
    private final IncomingOperations incoming;
    private final Link link;
    private final ReadingBrake brake;
    private final Duration timeout;

    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private final Object exchangeGuard = new Object();
    private @Nullable Exchange exchange;
    private @Nullable AssociationException over;
    private int lastMessageId;

    OutgoingRequests(
            MessageSender sender, IncomingOperations incoming, Link link, ReadingBrake brake, Duration timeout) {
        this.sender = sender;
        this.incoming = incoming;
        this.link = link;
        this.brake = brake;
        this.timeout = timeout;
    }

    /**
     * Sends a request and takes its responses.
     *
     * @param request makes the request with the message ID given
     * @param responses takes a response; true: more are to come
     */
    void exchange(AcceptedContext context, IntFunction<Request> request, byte[] dataSet, Predicate<Message> responses) {
        if (incoming.isAnsweringThread()) {
            throw new IllegalStateException(
                    "A handler sends a request on the association whose request it is answering; return first and send from another thread.");
        }
        try {
            lock();
            try {
                Exchange begun = begin();
                send(begun, context, request.apply(begun.messageId()), dataSet);
                boolean more = true;
                while (more) {
                    more = responses.test(await(begun));
                }
            } finally {
                end();
                oneAtATime.unlock();
            }
        } catch (InterruptedException e) {
            link.abort();
            Thread.currentThread().interrupt();
            throw new AssociationException(
                    Kind.ABORTED, "The thread was interrupted while it waited for a DIMSE response.", e);
        }
    }

    /** Asks the peer to end the exchange that is under way. */
    void cancel(AcceptedContext context) {
        Exchange current = current();
        if (current != null) {
            sender.send(context, new CCancelRq(current.messageId()), Message.NO_DATA_SET);
        }
    }

    private void lock() throws InterruptedException {
        if (!oneAtATime.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssociationException(
                    Kind.TIMEOUT,
                    "Another request on the association was not answered within %s.".formatted(timeout),
                    null);
        }
    }

    private Exchange begin() {
        synchronized (exchangeGuard) {
            AssociationException reason = over;
            if (reason != null) {
                throw restated(reason);
            }
            lastMessageId = lastMessageId % LAST_MESSAGE_ID + 1;
            Exchange begun = new Exchange(lastMessageId, brake);
            exchange = begun;
            return begun;
        }
    }

    private void send(Exchange begun, AcceptedContext context, Request request, byte[] dataSet)
            throws InterruptedException {
        incoming.betweenOperations(() -> begun.send(() -> sender.send(context, request, dataSet)));
        if (!begun.awaitSent(timeout)) {
            throw new AssociationException(
                    Kind.TIMEOUT,
                    "The request was not sent within %s, because a request of the peer was still being answered."
                            .formatted(timeout),
                    null);
        }
    }

    private Message await(Exchange begun) throws InterruptedException {
        Optional<Reply> reply = begun.take(timeout);
        if (reply.isEmpty()) {
            link.abort();
            throw new AssociationException(
                    Kind.TIMEOUT,
                    "The peer sent no DIMSE response within %s; the association is aborted.".formatted(timeout),
                    null);
        }
        if (reply.get() instanceof Reply.Failed failed) {
            throw restated(failed.reason());
        }
        return ((Reply.Received) reply.get()).message();
    }

    /** The same reason with the stack of the thread that is told. */
    private static AssociationException restated(AssociationException reason) {
        return new AssociationException(reason.kind(), String.valueOf(reason.getMessage()), reason);
    }

    private void end() {
        synchronized (exchangeGuard) {
            if (exchange != null) {
                exchange.end();
                exchange = null;
            }
        }
    }

    private @Nullable Exchange current() {
        synchronized (exchangeGuard) {
            return exchange;
        }
    }

    boolean isBusy() {
        return current() != null;
    }

    /** A response of the peer; called on the event loop. */
    void onResponse(Message message, Response response) {
        Exchange current = current();
        if (current == null || current.messageId() != response.messageIdBeingRespondedTo()) {
            LOG.debug(
                    "A response to message ID {} is ignored: no such request is waiting.",
                    response.messageIdBeingRespondedTo());
            return;
        }
        current.received(message);
    }

    /** The association is over: whoever waits gets the reason, and so does everyone who asks later. */
    void stop(AssociationException reason) {
        synchronized (exchangeGuard) {
            over = reason;
            if (exchange != null) {
                exchange.failed(reason);
            }
        }
    }
}
