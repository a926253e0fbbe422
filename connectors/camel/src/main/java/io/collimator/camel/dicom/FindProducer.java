package io.collimator.camel.dicom;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import org.apache.camel.Exchange;

/** {@code to: dicom:find}: the body is the identifier, then the list of matches. */
final class FindProducer extends DicomProducer {

    private final int maxMatches;

    FindProducer(DicomEndpoint endpoint, PeerTarget target) {
        super(endpoint, target);
        this.maxMatches = endpoint.getMaxMatches();
    }

    @Override
    public void process(Exchange exchange) {
        DataSet identifier = body(exchange);
        try (DicomAssociation association =
                open(PresentationContextProposal.scu(ConsumerTable.WORKLIST), ServiceHandlers.none())) {
            DicomAssociation.FindResult result = association.find(ConsumerTable.WORKLIST, identifier, maxMatches);
            report(exchange, result.status());
            exchange.getMessage().setBody(result.matches());
        }
    }
}
