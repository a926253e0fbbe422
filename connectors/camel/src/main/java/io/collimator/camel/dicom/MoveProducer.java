package io.collimator.camel.dicom;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.PresentationContextProposal;
import org.apache.camel.Exchange;

/** {@code to: dicom:move}: the body is the identifier, then the result; the peer sends the instances to the destination. */
final class MoveProducer extends DicomProducer {

    private final QuerySettings settings;
    private final PeerTarget destination;

    MoveProducer(DicomEndpoint endpoint) {
        super(endpoint);
        this.settings = QuerySettings.retrieve(endpoint, InformationModel::move);
        this.destination = endpoint.destination();
    }

    @Override
    public void process(Exchange exchange) {
        DataSet identifier = body(exchange);
        // images go to registered peers only, whoever sends them
        DicomServer.Target to = destination.resolve();
        try (DicomAssociation association = open(PresentationContextProposal.scu(settings.sopClass()))) {
            report(exchange, association.move(settings.query(identifier), to.called()));
        }
    }
}
