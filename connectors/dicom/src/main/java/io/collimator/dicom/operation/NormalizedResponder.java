package io.collimator.dicom.operation;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseCommand.InstanceRequest;
import io.collimator.dicom.dimse.DimseCommand.NActionRq;
import io.collimator.dicom.dimse.DimseCommand.NCreateRq;
import io.collimator.dicom.dimse.DimseCommand.NDeleteRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRq;
import io.collimator.dicom.dimse.DimseCommand.NGetRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.service.ActionHandler.ActionRequest;
import io.collimator.dicom.service.CreateHandler.CreateRequest;
import io.collimator.dicom.service.DeleteHandler.DeleteRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.EventReportHandler.EventReportRequest;
import io.collimator.dicom.service.NGetHandler.NGetRequest;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.SetHandler.SetRequest;

/** Gives requests of the N services to their handlers (PS3.7 §10). Runs on handler threads. */
final class NormalizedResponder {

    private final DicomAssociation association;
    private final ServiceHandlers handlers;
    private final RequestDecoder decoder;

    NormalizedResponder(DicomAssociation association, ServiceHandlers handlers, RequestDecoder decoder) {
        this.association = association;
        this.handlers = handlers;
        this.decoder = decoder;
    }

    NResponse respond(Operation operation) {
        Request request = operation.request();
        Uid sopClass = operation.context().sopClass();
        if (request instanceof NCreateRq create) {
            var handler = ServiceDispatcher.orUnrecognized(handlers.create(sopClass));
            NResponse response = handler.handle(
                    new CreateRequest(association, sopClass, create.sopInstance(), decoder.attributes(operation)));
            return checkInstance(create, response);
        } else if (request instanceof NEventReportRq report) {
            var handler = ServiceDispatcher.orUnrecognized(handlers.eventReport(sopClass));
            return handler.handle(new EventReportRequest(
                    association, sopClass, report.sopInstance(), report.eventTypeId(), decoder.attributes(operation)));
        }
        return onInstance(operation, (InstanceRequest) request);
    }

    private NResponse onInstance(Operation operation, InstanceRequest request) {
        Uid sopClass = operation.context().sopClass();
        Uid sopInstance = request.sopInstance();
        if (request instanceof NGetRq get) {
            var handler = ServiceDispatcher.orUnrecognized(handlers.nGet(sopClass));
            return handler.handle(new NGetRequest(association, sopClass, sopInstance, get.attributes()));
        } else if (request instanceof NDeleteRq) {
            var handler = ServiceDispatcher.orUnrecognized(handlers.delete(sopClass));
            return handler.handle(new DeleteRequest(association, sopClass, sopInstance));
        } else if (request instanceof NActionRq action) {
            var handler = ServiceDispatcher.orUnrecognized(handlers.action(sopClass));
            return handler.handle(new ActionRequest(
                    association, sopClass, sopInstance, action.actionTypeId(), decoder.attributes(operation)));
        }
        var handler = ServiceDispatcher.orUnrecognized(handlers.set(sopClass));
        return handler.handle(new SetRequest(association, sopClass, sopInstance, decoder.attributes(operation)));
    }

    private static NResponse checkInstance(NCreateRq request, NResponse response) {
        if (request.sopInstance() == null
                && response.sopInstance() == null
                && !response.status().isFailure()) {
            throw new IllegalStateException(
                    "The N-CREATE request leaves the SOP Instance UID to us, but the handler returned none.");
        }
        return response;
    }
}
