package io.collimator.camel.dicom;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.CancelSignal;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.Query;
import java.io.Closeable;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The matches of a C-FIND, pulled while they come. At most {@link #WAITING} wait for the route; meanwhile the peer is not
 * read on. {@link #hasNext()} throws what ended the query early: a {@link DimseException} for a failure status, else an
 * association's exception. Closing cancels what is under way. One thread pulls.
 */
final class MatchStream implements Iterator<DataSet>, Closeable {

    static final int WAITING = 64;

    /** The end of the matches. */
    private record End(@Nullable RuntimeException failure) {}

    private final Duration patience;
    private final BooleanSupplier abandoned;
    private final CancelSignal cancel = new CancelSignal();
    private final Semaphore room = new Semaphore(WAITING);
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>(WAITING + 1);
    private volatile boolean closed;
    private @Nullable Object next;

    /**
     * @param response how long the association waits for a response; either side here waits twice as long
     * @param abandoned whether the exchange has failed: a split that stops on an exception pulls what is left all the same
     */
    MatchStream(Duration response, BooleanSupplier abandoned) {
        this.patience = response.multipliedBy(2);
        this.abandoned = abandoned;
    }

    /** Asks, on a thread of its own; closes the association in the end. */
    void run(DicomAssociation association, Query query) {
        RuntimeException failure = null;
        try (association) {
            DimseStatus status = association.find(query.cancelledBy(cancel), this::take);
            failure = status.isFailure() ? new DimseException(status) : null;
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            // there is always room: one place more than matches may wait
            arrived.add(new End(failure));
        }
    }

    private boolean take(DataSet match) {
        try {
            if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "The route pulled no match for %d s; the query was given up.".formatted(patience.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        if (closed) {
            return false;
        }
        arrived.add(match);
        return true;
    }

    @Override
    public boolean hasNext() {
        if (abandoned.getAsBoolean()) {
            close();
        }
        if (closed) {
            return false;
        }
        if (next == null) {
            next = pull();
        }
        if (next instanceof End end) {
            if (end.failure() != null) {
                throw end.failure();
            }
            return false;
        }
        return true;
    }

    private Object pull() {
        try {
            Object pulled = arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (pulled != null) {
                return pulled;
            }
            close();
            return new End(new IllegalStateException(
                    "The peer sent no match for %d s; the query was given up.".formatted(patience.toSeconds())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            return new End(
                    new IllegalStateException("Waiting for a match was interrupted; the query was given up.", e));
        }
    }

    @Override
    public DataSet next() {
        if (hasNext() && next instanceof DataSet match) {
            next = null;
            room.release();
            return match;
        }
        throw new NoSuchElementException("The query has no further match.");
    }

    /** Cancels the query when it is still under way; what has not been pulled is lost. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            cancel.cancel();
            room.release();
        }
    }
}
