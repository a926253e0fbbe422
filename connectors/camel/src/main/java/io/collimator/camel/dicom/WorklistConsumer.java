package io.collimator.camel.dicom;

import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.Matches;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** {@code from: dicom:worklist}. */
final class WorklistConsumer extends DicomConsumer implements ConsumerTable.Worklist {

    WorklistConsumer(DicomEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    public Matches find(FindRequest request) {
        Exchange exchange =
                exchange(DimseService.C_FIND, request.association(), request.sopClass(), request.identifier());
        exchange.getMessage().setHeader(DicomConstants.MESSAGE_ID, request.messageId());
        exchange.setProperty(DicomConstants.CANCELLATION, request.cancellation());
        return run(exchange, RouteOutcome::matches);
    }

    @Override
    DimseStatus stopped() {
        return ConsumerTable.NO_ROUTE_FOR_FIND;
    }

    @Override
    DimseStatus broken() {
        return RouteOutcome.UNABLE_TO_PROCESS;
    }
}
