package io.collimator.dicom.dcm4che;

import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CGetRq;
import io.collimator.dicom.dimse.DimseCommand.CMoveRq;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.service.Cancellation;

/** A request of the peer on its way to an answer. */
final class Operation implements Cancellation {

    private final AcceptedContext context;
    private final Request request;
    private final byte[] dataSet;
    private volatile boolean cancelled;

    /**
     * @param dataSet in the transfer syntax of the context; no bytes when there is none or it is read as it arrives
     */
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

    /** Whether it is one of the C services that failure statuses of their own belong to. */
    boolean isComposite() {
        return request instanceof CFindRq
                || request instanceof CStoreRq
                || request instanceof CMoveRq
                || request instanceof CGetRq;
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
