package io.collimator.camel.dicom;

import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.PresentationContextProposal;
import org.apache.camel.Exchange;

/** {@code to: dicom:echo}; leaves the body alone. */
final class EchoProducer extends DicomProducer {

    EchoProducer(DicomEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public void process(Exchange exchange) {
        try (DicomAssociation association = open(PresentationContextProposal.scu(Uids.Verification))) {
            report(exchange, association.echo());
        }
    }
}
