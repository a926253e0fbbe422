package io.collimator.dicom.operation;

import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CGetRq;
import io.collimator.dicom.dimse.DimseCommand.CMoveRq;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.service.Cancellation;
import org.jspecify.annotations.Nullable;

/** A request of the peer on its way to an answer. Thread-safe. */
public final class Operation implements Cancellation {

    /** The encoded data set of a command that has none. */
    public static final byte[] NO_DATA_SET = new byte[0];

    private final AcceptedContext context;
    private final Request request;
    private final byte[] dataSet;
    private final @Nullable ArrivingDataSet arriving;
    private volatile boolean cancelled;

    private Operation(AcceptedContext context, Request request, byte[] dataSet, @Nullable ArrivingDataSet arriving) {
        this.context = context;
        this.request = request;
        this.dataSet = dataSet;
        this.arriving = arriving;
    }

    /**
     * A request that is here as a whole.
     *
     * @param dataSet in the transfer syntax of the context; {@link #NO_DATA_SET} when there is none
     */
    public static Operation complete(AcceptedContext context, Request request, byte[] dataSet) {
        return new Operation(context, request, dataSet, null);
    }

    /** A request whose data set follows. */
    public static Operation arriving(AcceptedContext context, Request request, ArrivingDataSet dataSet) {
        return new Operation(context, request, NO_DATA_SET, dataSet);
    }

    public AcceptedContext context() {
        return context;
    }

    public Request request() {
        return request;
    }

    /** Encoded; not to be changed. No bytes when there is none, or it is still arriving. */
    public byte[] dataSet() {
        return dataSet;
    }

    /** The data set of a request that is answered while it arrives; null for all others. */
    public @Nullable ArrivingDataSet arriving() {
        return arriving;
    }

    /** Whether it is one of the C services that failure statuses of their own belong to. */
    boolean isComposite() {
        return request instanceof CFindRq
                || request instanceof CStoreRq
                || request instanceof CMoveRq
                || request instanceof CGetRq;
    }

    /** The peer, or the end of its association, wants it no longer answered. */
    public void cancel() {
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
