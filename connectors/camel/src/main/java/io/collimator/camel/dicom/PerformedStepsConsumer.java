package io.collimator.camel.dicom;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** {@code from: dicom:performed-steps}. */
final class PerformedStepsConsumer extends DicomConsumer implements ConsumerTable.PerformedSteps {

    PerformedStepsConsumer(DicomEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    public NResponse handle(CreateRequest request) {
        NResponse response = answer(
                new NRequest(
                        DimseService.N_CREATE,
                        request.association(),
                        request.sopClass(),
                        request.sopInstance(),
                        request.attributes()),
                exchange -> {});
        boolean nameless = request.sopInstance() == null && response.sopInstance() == null;
        return nameless && !response.status().isFailure() ? NResponse.of(RouteOutcome.NO_INSTANCE_UID) : response;
    }

    /** Reading needs no receipt: nothing is promised. */
    @Override
    public NResponse handle(NGetRequest request) {
        Exchange exchange = exchange(DimseService.N_GET, request.association(), request.sopClass(), DataSet.empty());
        exchange.getMessage().setHeader(DicomConstants.SOP_INSTANCE_UID, request.sopInstance());
        exchange.setProperty(DicomConstants.ATTRIBUTES, request.attributes());
        return run(exchange, RouteOutcome::reading);
    }

    @Override
    public NResponse handle(SetRequest request) {
        return answer(
                new NRequest(
                        DimseService.N_SET,
                        request.association(),
                        request.sopClass(),
                        request.sopInstance(),
                        request.modifications()),
                exchange -> {});
    }
}
