package io.collimator.dicom.dcm4che;

import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.service.CancelSignal;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.function.IntFunction;

/**
 * A request of ours before it has a message ID.
 *
 * @param command makes the request with the message ID given
 * @param dataSet encoded as the context has it; not read when the command has none
 * @param cancel sends C-CANCEL while responses are waited for
 * @param answeredByRequests requests of the peer count as signs of life: the sub-operations of a C-GET
 */
record OutgoingRequest(
        AcceptedContext context,
        IntFunction<Request> command,
        InputStream dataSet,
        CancelSignal cancel,
        boolean answeredByRequests) {

    static OutgoingRequest of(AcceptedContext context, IntFunction<Request> command, byte[] dataSet) {
        return streaming(context, command, new ByteArrayInputStream(dataSet));
    }

    static OutgoingRequest streaming(AcceptedContext context, IntFunction<Request> command, InputStream dataSet) {
        return new OutgoingRequest(context, command, dataSet, new CancelSignal(), false);
    }
}
