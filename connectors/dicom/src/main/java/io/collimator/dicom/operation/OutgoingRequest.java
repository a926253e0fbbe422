package io.collimator.dicom.operation;

import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.service.CancelSignal;
import java.io.InputStream;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A request of ours before it has a message ID.
 *
 * @param command makes the request with the message ID given
 * @param dataSet encoded as the context has it; no bytes when there is none or it is streamed
 * @param stream a data set that is read as the peer takes it
 * @param cancel sends C-CANCEL while responses are waited for
 * @param signOfLife what to wait for, and how long
 */
public record OutgoingRequest(
        AcceptedContext context,
        IntFunction<Request> command,
        byte[] dataSet,
        @Nullable InputStream stream,
        CancelSignal cancel,
        SignOfLife signOfLife) {

    static OutgoingRequest of(AcceptedContext context, IntFunction<Request> command, byte[] dataSet) {
        return new OutgoingRequest(context, command, dataSet, null, new CancelSignal(), SignOfLife.RESPONSE);
    }

    static OutgoingRequest streaming(AcceptedContext context, IntFunction<Request> command, InputStream stream) {
        return new OutgoingRequest(
                context, command, Operation.NO_DATA_SET, stream, new CancelSignal(), SignOfLife.RESPONSE);
    }
}
