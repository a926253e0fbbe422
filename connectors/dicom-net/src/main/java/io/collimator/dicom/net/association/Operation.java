package io.collimator.dicom.net.association;

import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.net.negotiation.AcceptedContext;
import io.collimator.dicom.service.Cancellation;
import org.jspecify.annotations.Nullable;

/** A request of the peer on its way to an answer. */
final class Operation implements Cancellation {

    private final AcceptedContext context;
    private final Request request;
    private final byte[] dataSet;
    private final @Nullable IncomingDataSet stream;
    private volatile boolean cancelled;

    Operation(Message message, Request request) {
        this.context = message.context();
        this.request = request;
        this.dataSet = message.dataSet();
        this.stream = message.stream();
    }

    AcceptedContext context() {
        return context;
    }

    Request request() {
        return request;
    }

    byte[] dataSet() {
        return dataSet;
    }

    /** The data set of a request that is answered while it arrives; null for all others. */
    @Nullable
    IncomingDataSet stream() {
        return stream;
    }

    /** Runs the task once the whole request is here; what it has of a data set is thrown away. */
    void onceDiscarded(Runnable task) {
        if (stream == null) {
            task.run();
        } else {
            stream.discard();
            stream.onceArrived(task);
        }
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
