package io.collimator.dicom.net.association;

import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.net.negotiation.AcceptedContext;
import io.collimator.dicom.service.Cancellation;

/** A request of the peer on its way to an answer. */
final class Operation implements Cancellation {

    private final AcceptedContext context;
    private final Request request;
    private final byte[] dataSet;
    private volatile boolean cancelled;

    Operation(AcceptedContext context, Request request, byte[] dataSet) {
        this.context = context;
        this.request = request;
        this.dataSet = dataSet;
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

    void cancel() {
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
