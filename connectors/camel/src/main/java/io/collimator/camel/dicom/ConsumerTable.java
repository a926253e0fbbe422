package io.collimator.camel.dicom;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.ActionHandler;
import io.collimator.dicom.service.CreateHandler;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.EventReportHandler;
import io.collimator.dicom.service.FindHandler;
import io.collimator.dicom.service.NGetHandler;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.SetHandler;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which consumer answers which operation at this moment. The listener's handlers look here at every request, so that a
 * route can be stopped and replaced while the listener stays bound. Thread-safe.
 */
final class ConsumerTable {

    static final Uid WORKLIST = Uids.ModalityWorklistInformationModelFind;
    static final Uid PERFORMED_STEP = Uids.ModalityPerformedProcedureStep;
    static final Uid PERFORMED_STEP_RETRIEVE = Uids.ModalityPerformedProcedureStepRetrieve;
    static final Uid COMMITMENT = Uids.StorageCommitmentPushModel;

    static final DimseStatus NO_ROUTE_FOR_FIND =
            DimseStatus.of(0xA700, "The service is being stopped; ask again later");
    static final DimseStatus NO_ROUTE = DimseStatus.of(0x0110, "The service is being stopped; send again later");

    private final Map<DicomOperation, Object> consumers = new EnumMap<>(DicomOperation.class);

    /** Worklist consumer. */
    interface Worklist extends FindHandler {}

    /** Performed steps consumer: the services of the SOP class, and of the one that retrieves. */
    interface PerformedSteps extends CreateHandler, SetHandler, NGetHandler {}

    synchronized void register(DicomOperation operation, Object consumer) {
        Object present = consumers.putIfAbsent(operation, consumer);
        if (present != null && present != consumer) {
            throw new IllegalStateException("dicom:%s has two consumers, %s and %s; remove one of the routes."
                    .formatted(operation.path(), present, consumer));
        }
    }

    synchronized void unregister(DicomOperation operation, Object consumer) {
        consumers.remove(operation, consumer);
    }

    private synchronized <T> @Nullable T find(DicomOperation operation, Class<T> type) {
        return type.cast(consumers.get(operation));
    }

    private <T> T get(DicomOperation operation, Class<T> type, DimseStatus otherwise) {
        T consumer = find(operation, type);
        if (consumer == null) {
            throw new DimseException(otherwise);
        }
        return consumer;
    }

    /** Handlers for the operations that have a consumer now; a SOP class without one is rejected in negotiation. */
    synchronized ServiceHandlers handlers() {
        ServiceHandlers.Builder handlers = ServiceHandlers.builder();
        if (consumers.containsKey(DicomOperation.WORKLIST)) {
            handlers.find(
                    WORKLIST,
                    request -> get(DicomOperation.WORKLIST, Worklist.class, NO_ROUTE_FOR_FIND)
                            .find(request));
        }
        if (consumers.containsKey(DicomOperation.PERFORMED_STEPS)) {
            handlers.create(PERFORMED_STEP, request -> performedSteps().handle(request));
            handlers.set(PERFORMED_STEP, request -> performedSteps().handle(request));
            handlers.nGet(PERFORMED_STEP, request -> performedSteps().handle(request));
            handlers.nGet(PERFORMED_STEP_RETRIEVE, request -> performedSteps().handle(request));
        }
        if (consumers.containsKey(DicomOperation.COMMITMENT)) {
            handlers.action(
                    COMMITMENT,
                    request -> get(DicomOperation.COMMITMENT, ActionHandler.class, NO_ROUTE)
                            .handle(request));
        }
        if (consumers.containsKey(DicomOperation.COMMITMENT_REPORTS)) {
            handlers.eventReport(COMMITMENT, this::report);
        }
        return handlers.build();
    }

    /** Handlers for an association of ours on which commitment reports may come. */
    static ServiceHandlers reportHandlers(EventReportHandler handler) {
        return ServiceHandlers.builder().eventReport(COMMITMENT, handler).build();
    }

    /** Hands a commitment report to its consumer, whichever association it came on. */
    NResponse report(EventReportHandler.EventReportRequest request) {
        return get(DicomOperation.COMMITMENT_REPORTS, EventReportHandler.class, NO_ROUTE)
                .handle(request);
    }

    private PerformedSteps performedSteps() {
        return get(DicomOperation.PERFORMED_STEPS, PerformedSteps.class, NO_ROUTE);
    }
}
