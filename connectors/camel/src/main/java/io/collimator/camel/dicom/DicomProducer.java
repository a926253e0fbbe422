package io.collimator.camel.dicom;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.SubOperations;
import io.collimator.dicom.json.DicomJson;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.RetrieveResult;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/** Sends a request to a registered peer, blocking the route's thread for at most the limits of the listener. */
abstract class DicomProducer extends DefaultProducer {

    private final DicomServer server;
    private final PeerTarget target;

    DicomProducer(DicomEndpoint endpoint) {
        super(endpoint);
        this.server = endpoint.server();
        this.target = endpoint.target();
    }

    final DicomServer server() {
        return server;
    }

    /** Opens an association on which the peer asks nothing of us. */
    final DicomAssociation open(PresentationContextProposal context) {
        return open(List.of(context), ServiceHandlers.none());
    }

    final DicomAssociation open(List<PresentationContextProposal> contexts, ServiceHandlers handlers) {
        return server.open(target.resolve(), contexts, handlers);
    }

    /** The data set of a request: one, or DICOM JSON (PS3.18 Annex F), as a route in YAML writes it. */
    final DataSet body(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof DataSet dataSet) {
            return dataSet;
        }
        if (body instanceof String json) {
            DataSet dataSet = new DicomJson(server.limits().codec()).read(json);
            return SpecificCharacterSet.declareFor(dataSet, SpecificCharacterSet.ASCII);
        }
        throw new IllegalArgumentException("The body for %s is %s; set a DataSet, or DICOM JSON as text."
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

    /** Leaves what a C-MOVE or C-GET came to; a failure ends the route with the body as it was, so that it can be repeated. */
    static void report(Exchange exchange, RetrieveResult result) {
        SubOperations counts = result.counts();
        Message message = exchange.getMessage();
        message.setHeader(DicomConstants.REMAINING_SUBOPERATIONS, counts.remaining());
        message.setHeader(DicomConstants.COMPLETED_SUBOPERATIONS, counts.completed());
        message.setHeader(DicomConstants.FAILED_SUBOPERATIONS, counts.failed());
        message.setHeader(DicomConstants.WARNING_SUBOPERATIONS, counts.warning());
        report(exchange, result.status());
        message.setBody(result);
    }
}
