package io.collimator.dicom.net.association;

import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.net.negotiation.AcceptedContext;
import io.collimator.dicom.service.CancelSignal;
import java.io.InputStream;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A request of ours before it has a message ID.
 *
 * @param command makes the request with the message ID given
 * @param dataSet encoded; no bytes when there is none or it is streamed
 * @param stream a data set that is read as the peer takes it
 * @param cancel sends C-CANCEL while responses are waited for
 * @param answeredByRequests requests of the peer count as signs of life: the sub-operations of a C-GET
 */
record OutgoingRequest(
        AcceptedContext context,
        IntFunction<Request> command,
        byte[] dataSet,
        @Nullable InputStream stream,
        CancelSignal cancel,
        boolean answeredByRequests) {

    static OutgoingRequest of(AcceptedContext context, IntFunction<Request> command, byte[] dataSet) {
        return new OutgoingRequest(context, command, dataSet, null, new CancelSignal(), false);
    }

    static OutgoingRequest streaming(AcceptedContext context, IntFunction<Request> command, InputStream stream) {
        return new OutgoingRequest(context, command, Message.NO_DATA_SET, stream, new CancelSignal(), false);
    }
}
