package io.collimator.camel.dicom;

import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.EventReportHandler;
import org.apache.camel.Processor;

/** {@code from: dicom:commitment-reports}: reports of archives, on their associations and on ours. */
final class CommitmentReportsConsumer extends DicomConsumer implements EventReportHandler {

    CommitmentReportsConsumer(DicomEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    public NResponse handle(EventReportRequest request) {
        return answer(
                new NRequest(
                        DimseService.N_EVENT_REPORT,
                        request.association(),
                        request.sopClass(),
                        request.sopInstance(),
                        request.information()),
                exchange -> exchange.getMessage().setHeader(DicomConstants.EVENT_TYPE_ID, request.eventTypeId()));
    }
}
