package io.collimator.engine.intake;

import io.collimator.camel.dicom.DicomConstants;
import io.collimator.camel.dicom.DimseService;
import io.collimator.camel.receipt.AcknowledgementReceipt;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.workflow.usecase.RecordPerformedStep;
import io.collimator.workflow.usecase.RecordPerformedStep.Recorded;
import io.collimator.workflow.usecase.RequestRefusedException;
import org.apache.camel.Exchange;

/** {@code performedSteps}: what modalities report of what they do (PS3.4 §F.7). */
public final class PerformedStepsIntake {

    private final RecordPerformedStep recordPerformedStep;

    public PerformedStepsIntake(RecordPerformedStep recordPerformedStep) {
        this.recordPerformedStep = recordPerformedStep;
    }

    /** Records an N-CREATE or N-SET and leaves the response as body. */
    public void record(Exchange exchange) {
        DicomRequest request = new DicomRequest(exchange);
        RecordPerformedStep.Request step =
                new RecordPerformedStep.Request(request.calling(), request.sopInstance(), request.dataSet());
        boolean creates = exchange.getMessage().getHeader(DicomConstants.SERVICE) == DimseService.N_CREATE;
        try {
            Recorded recorded = creates ? recordPerformedStep.create(step) : recordPerformedStep.set(step);
            AcknowledgementReceipt.committed("performed step " + recorded.sopInstance())
                    .attachTo(exchange);
            exchange.getMessage().setBody(new NResponse(DimseStatus.SUCCESS, recorded.sopInstance(), DataSet.empty()));
        } catch (RequestRefusedException e) {
            throw DicomRequest.refused(e);
        }
    }
}
