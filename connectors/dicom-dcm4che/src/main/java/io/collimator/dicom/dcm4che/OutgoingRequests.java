package io.collimator.dicom.dcm4che;

import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.operation.OutgoingRequest;
import io.collimator.dicom.operation.Reply;
import io.collimator.dicom.operation.RequestChannel;
import io.collimator.dicom.operation.SignOfLife;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DataWriter;
import org.dcm4che3.net.PDVOutputStream;

/** Sends our requests, as many at a time as were agreed on, and waits for their responses (PS3.7 §7.1, §D.3.3.3). Thread-safe. */
final class OutgoingRequests implements RequestChannel {

    private static final int LAST_MESSAGE_ID = 0xFFFF;
    private static final int CHUNK = 16 * 1024;

    private final Association association;
    private final IncomingOperations incoming;
    private final WriteWatch watch;
    private final Supplier<AssociationException> reasonOfEnd;
    private final Duration timeout;
    private final Duration moveTimeout;
    private final Semaphore window;
    private final Set<Integer> messageIds = new HashSet<>();
    private int lastMessageId;

    /**
     * @param window how many may be outstanding
     * @param reasonOfEnd asked when the association is over
     */
    OutgoingRequests(
            Session session, IncomingOperations incoming, int window, Supplier<AssociationException> reasonOfEnd) {
        this.association = session.association();
        this.incoming = incoming;
        this.watch = session.watch();
        this.reasonOfEnd = reasonOfEnd;
        this.timeout = session.limits().response();
        this.moveTimeout = session.limits().move();
        this.window = new Semaphore(window, true);
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    @Override
    public void exchange(OutgoingRequest request, BiPredicate<Reply, Runnable> responses) {
        if (incoming.isAnsweringThread()) {
            throw new IllegalStateException(
                    "A handler sends a request on the association whose request it is answering; return first and send from another thread.");
        }
        interruptibly(() -> {
            if (!window.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw timeout("Another request on the association was not answered within %s.");
            }
            try {
                exchange(request, responses, true);
            } finally {
                window.release();
            }
        });
    }

    @Override
    public TransferSyntax syntaxOf(AcceptedContext context) {
        return Wire.syntaxOfResponses(context.transferSyntaxUid());
    }

    @Override
    public void subOperation(OutgoingRequest request, BiPredicate<Reply, Runnable> responses) {
        interruptibly(() -> exchange(request, responses, false));
    }

    private void interruptibly(Waiting waiting) {
        try {
            waiting.run();
        } catch (InterruptedException e) {
            association.abort();
            Thread.currentThread().interrupt();
            throw new AssociationException(
                    Kind.ABORTED, "The thread was interrupted while it waited for a DIMSE response.", e);
        }
    }

    private AssociationException timeout(String message) {
        return new AssociationException(Kind.TIMEOUT, message.formatted(timeout), null);
    }

    private void exchange(OutgoingRequest request, BiPredicate<Reply, Runnable> responses, boolean inTurn)
            throws InterruptedException {
        Replies replies = new Replies(nextMessageId(), request.context(), reasonOfEnd);
        Runnable cancel = () -> replies.cancelOnce(association);
        try {
            send(request, replies, inTurn);
            replies.markSent();
            request.cancel().onCancel(cancel);
            boolean more = true;
            while (more) {
                more = responses.test(await(replies, request.signOfLife()), cancel);
            }
        } finally {
            request.cancel().forget(cancel);
            replies.end();
            synchronized (messageIds) {
                messageIds.remove(replies.getMessageID());
            }
        }
    }

    private int nextMessageId() {
        synchronized (messageIds) {
            do {
                lastMessageId = lastMessageId % LAST_MESSAGE_ID + 1;
            } while (!messageIds.add(lastMessageId));
            return lastMessageId;
        }
    }

    private void send(OutgoingRequest request, Replies replies, boolean inTurn) throws InterruptedException {
        if (!inTurn) {
            invoke(request, replies);
            return;
        }
        if (!incoming.beginSending(timeout)) {
            throw timeout(
                    "The request was not sent within %s, because a request of the peer was still being answered.");
        }
        try {
            invoke(request, replies);
        } finally {
            incoming.endSending();
        }
    }

    private void invoke(OutgoingRequest request, Replies replies) throws InterruptedException {
        if (!association.isReadyForDataTransfer()) {
            throw reasonOfEnd.get();
        }
        Request command = request.command().apply(replies.getMessageID());
        Copying copying = new Copying(source(request), watch);
        boolean complete = false;
        watch.begin();
        try {
            association.invoke(
                    association
                            .getAAssociateAC()
                            .getPresentationContext(request.context().id()),
                    Wire.commandSet(command),
                    command.hasDataSet() ? copying : null,
                    replies,
                    0,
                    0);
            complete = true;
        } catch (IOException e) {
            throw copying.sourceFailed
                    ? new AssociationException(
                            Kind.ABORTED,
                            "The data set to send could not be read to its end; the association is aborted, for half a message cannot be taken back.",
                            e)
                    : reasonOfEnd.get();
        } finally {
            watch.end();
            if (!complete) {
                association.abort();
            }
        }
    }

    private static InputStream source(OutgoingRequest request) {
        InputStream stream = request.stream();
        return stream == null ? new ByteArrayInputStream(request.dataSet()) : stream;
    }

    private Reply await(Replies replies, SignOfLife signOfLife) throws InterruptedException {
        Duration patience = signOfLife == SignOfLife.ASSOCIATION ? moveTimeout : timeout;
        Optional<Reply> reply = replies.take(patience);
        while (reply.isEmpty() && signOfLife == SignOfLife.SUB_OPERATION && incoming.wasBusy()) {
            reply = replies.take(timeout);
        }
        if (reply.isEmpty()) {
            association.abort();
            throw new AssociationException(
                    Kind.TIMEOUT,
                    "The peer sent no DIMSE response within %s; the association is aborted.".formatted(patience),
                    null);
        }
        return reply.get();
    }

    /** Gives dcm4che the bytes of a data set. */
    private static final class Copying implements DataWriter {

        private final InputStream source;
        private final WriteWatch watch;
        private boolean sourceFailed;

        Copying(InputStream source, WriteWatch watch) {
            this.source = source;
            this.watch = watch;
        }

        @Override
        public void writeTo(PDVOutputStream out, String transferSyntax) throws IOException {
            byte[] chunk = new byte[CHUNK];
            int count = read(chunk);
            while (count >= 0) {
                out.write(chunk, 0, count);
                count = read(chunk);
            }
        }

        /** Waiting for the source is not waiting for the peer. */
        private int read(byte[] chunk) throws IOException {
            watch.end();
            try {
                return source.read(chunk);
            } catch (IOException e) {
                sourceFailed = true;
                throw e;
            } finally {
                watch.begin();
            }
        }
    }
}
