package io.collimator.camel.dicom;

import io.collimator.dicom.service.ActionHandler;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import org.apache.camel.Processor;

/** {@code from: dicom:commitment}: requests of modalities. */
final class CommitmentConsumer extends DicomConsumer implements ActionHandler {

    CommitmentConsumer(DicomEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    public NResponse handle(ActionRequest request) {
        return answer(
                new NRequest(
                        DimseService.N_ACTION,
                        request.association(),
                        request.sopClass(),
                        request.sopInstance(),
                        request.information()),
                exchange -> exchange.getMessage().setHeader(DicomConstants.ACTION_TYPE_ID, request.actionTypeId()));
    }
}
