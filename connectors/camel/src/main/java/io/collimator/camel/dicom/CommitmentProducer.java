package io.collimator.camel.dicom;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.EventReportHandler.EventReportRequest;
import io.collimator.dicom.service.PresentationContextProposal;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;

/**
 * {@code to: dicom:commitment}: the body is the action information, then the response. The association stays open for
 * the archive's report, which goes to the consumer of {@code dicom:commitment-reports}; the route does not wait for it.
 */
final class CommitmentProducer extends DicomProducer {

    /** Request storage commitment (PS3.4 §J.3.2.1). */
    private static final int REQUEST_COMMITMENT = 1;

    private final ReportWindow window;

    CommitmentProducer(DicomEndpoint endpoint) {
        super(endpoint);
        this.window = new ReportWindow(endpoint.getCamelContext(), endpoint.getReportTimeout());
    }

    @Override
    public void process(Exchange exchange) {
        DataSet information = body(exchange);
        AtomicBoolean reported = new AtomicBoolean();
        DicomAssociation association = open(
                List.of(PresentationContextProposal.scu(ConsumerTable.COMMITMENT)),
                ConsumerTable.reportHandlers(request -> report(request, reported)));
        boolean kept = false;
        try {
            NResponse response = association.action(
                    ConsumerTable.COMMITMENT, Uids.StorageCommitmentPushModelInstance, REQUEST_COMMITMENT, information);
            report(exchange, response.status());
            exchange.getMessage().setBody(response);
            kept = !reported.get() && window.keep(association);
        } finally {
            if (!kept) {
                association.close();
            }
        }
    }

    /** One report is all that this association was kept for; one that we failed to take may be sent again. */
    private NResponse report(EventReportRequest request, AtomicBoolean reported) {
        NResponse response = server().consumers().report(request);
        if (!response.status().isFailure()) {
            reported.set(true);
            window.finish(request.association());
        }
        return response;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        window.start();
    }

    @Override
    protected void doStop() throws Exception {
        window.stop();
        super.doStop();
    }
}
