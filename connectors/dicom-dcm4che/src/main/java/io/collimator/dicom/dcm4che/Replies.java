package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseCommand.Response;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.operation.Operation;
import io.collimator.dicom.operation.Reply;
import io.collimator.dicom.service.AssociationException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSPHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The responses to a request of ours: the thread that reads from the peer fills it and waits when it is full, the requesting
 * thread takes from it. Thread-safe.
 */
final class Replies extends DimseRSPHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
    private static final int MAX_WAITING = 64;
    private static final long LOOK_AROUND_MILLIS = 500;

    private final AcceptedContext context;
    private final Supplier<AssociationException> reasonOfEnd;
    private final Deque<Reply> waiting = new ArrayDeque<>();
    private @Nullable AssociationException failure;
    private boolean sent;
    private boolean cancelSent;
    private boolean ended;

    /**
     * @param reasonOfEnd asked when the association is over
     */
    Replies(int messageId, AcceptedContext context, Supplier<AssociationException> reasonOfEnd) {
        super(messageId);
        this.context = context;
        this.reasonOfEnd = reasonOfEnd;
    }

    @Override
    public void onDimseRSP(Association association, Attributes commandSet, @Nullable Attributes dataSet) {
        super.onDimseRSP(association, commandSet, dataSet);
        try {
            DimseCommand command = Wire.command(commandSet);
            byte[] bytes = dataSet == null ? Operation.NO_DATA_SET : Wire.dataSet(dataSet, context.transferSyntaxUid());
            if (command instanceof Response response) {
                put(new Reply(response, bytes));
            }
        } catch (DicomDataException e) {
            LOG.info("A response cannot be read, the association is aborted: {}", e.getMessage());
            association.abort();
        }
    }

    private synchronized void put(Reply reply) {
        try {
            while (waiting.size() >= MAX_WAITING && !ended) {
                wait(LOOK_AROUND_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        waiting.add(reply);
        notifyAll();
    }

    @Override
    public void onClose(Association association) {
        super.onClose(association);
        AssociationException reason = reasonOfEnd.get();
        synchronized (this) {
            failure = reason;
            notifyAll();
        }
    }

    /**
     * The next reply, empty when none came in this time.
     *
     * @throws AssociationException when the association is over and there is none left
     */
    synchronized Optional<Reply> take(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (waiting.isEmpty()) {
            AssociationException reason = failure;
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (reason != null) {
                // the same reason with the stack of the thread that is told
                throw new AssociationException(reason.kind(), String.valueOf(reason.getMessage()), reason);
            } else if (millis <= 0) {
                return Optional.empty();
            }
            wait(millis);
        }
        notifyAll();
        return Optional.of(waiting.remove());
    }

    /** The request went out. */
    synchronized void markSent() {
        sent = true;
    }

    /** Nobody takes any more. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Sends C-CANCEL, once, when the request went out and its end is still waited for. */
    void cancelOnce(Association association) {
        synchronized (this) {
            if (!sent || ended || cancelSent) {
                return;
            }
            cancelSent = true;
        }
        try {
            cancel(association);
        } catch (IOException e) {
            LOG.debug("C-CANCEL was not sent, the association is over: {}", e.getMessage());
        }
    }
}
