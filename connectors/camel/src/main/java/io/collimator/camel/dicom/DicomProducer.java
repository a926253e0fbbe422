package io.collimator.camel.dicom;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Sends a request to a registered peer, blocking the route's thread for at most the limits of the listener. */
abstract class DicomProducer extends DefaultProducer {

    private final DicomServer server;
    private final PeerTarget target;

    DicomProducer(DicomEndpoint endpoint, PeerTarget target) {
        super(endpoint);
        this.server = endpoint.server();
        this.target = target;
    }

    final DicomServer server() {
        return server;
    }

    final DicomAssociation open(PresentationContextProposal context, ServiceHandlers handlers) {
        return server.open(target.resolve(), context, handlers);
    }

    final DataSet body(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof DataSet dataSet) {
            return dataSet;
        }
        throw new IllegalArgumentException("The body for %s is %s; set a DataSet."
                .formatted(
                        getEndpoint().getEndpointUri(),
                        body == null ? "empty" : "a " + body.getClass().getName()));
    }

    /** Leaves the status in its header; a failure ends the route. */
    static void report(Exchange exchange, DimseStatus status) {
        exchange.getMessage().setHeader(DicomConstants.STATUS, status);
        if (status.isFailure()) {
            throw new DimseException(status);
        }
    }
}
