package io.collimator.dicom.net.association;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.MalformedRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRq;
import io.collimator.dicom.dimse.DimseCommand.NCreateRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRq;
import io.collimator.dicom.dimse.DimseCommand.NSetRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseCommand.UnrecognizedRq;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.ActionHandler.ActionRequest;
import io.collimator.dicom.service.CreateHandler.CreateRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.EventReportHandler.EventReportRequest;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.SetHandler.SetRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the handler of a request, and turns what it returns or throws into the response (PS3.7 §9, §10, Annex C). */
final class ServiceDispatcher implements IncomingOperations.Answering {

    static final int UNABLE_TO_PROCESS = 0xC000;
    static final int PROCESSING_FAILURE = 0x0110;

    private static final Logger LOG = LoggerFactory.getLogger(ServiceDispatcher.class);

    private static final int FIND_OUT_OF_RESOURCES = 0xA700;
    private static final int HANDLER_FAILED = 0xC001;
    private static final int NO_SUCH_SOP_CLASS = 0x0118;
    private static final int CLASS_INSTANCE_CONFLICT = 0x0119;
    private static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;
    private static final int NOT_AUTHORIZED = 0x0124;
    private static final int DUPLICATE_INVOCATION = 0x0210;
    private static final int UNRECOGNIZED_OPERATION = 0x0211;
    private static final int RESOURCE_LIMITATION = 0x0213;

    private final DicomAssociation association;
    private final ServiceHandlers handlers;
    private final Answers answers;
    private final FindResponder findResponder;
    private final CodecLimits limits;

    ServiceDispatcher(
            DicomAssociation association,
            ServiceHandlers handlers,
            Answers answers,
            FindResponder findResponder,
            CodecLimits limits) {
        this.association = association;
        this.handlers = handlers;
        this.answers = answers;
        this.findResponder = findResponder;
        this.limits = limits;
    }

    @Override
    public boolean isImmediate(Operation operation) {
        Request request = operation.request();
        return request instanceof CEchoRq || request instanceof UnrecognizedRq || request instanceof MalformedRq;
    }

    @Override
    public void refuseBusy(Operation operation) {
        int code = isFind(operation) ? FIND_OUT_OF_RESOURCES : RESOURCE_LIMITATION;
        LOG.warn(
                "All handler threads and waiting places are taken; {} is refused with {}.",
                operation.request().getClass().getSimpleName(),
                DimseStatus.of(code));
        answers.status(operation, DimseStatus.of(code, "Too many requests at once, try again later"));
    }

    @Override
    public void refuseDuplicate(Operation operation) {
        answers.status(operation, DimseStatus.of(DUPLICATE_INVOCATION, "The Message ID is in use"));
    }

    @Override
    public void answer(Operation operation) {
        try {
            dispatch(operation);
        } catch (DimseException e) {
            answers.status(operation, e.status());
        } catch (RuntimeException | Error e) {
            // what went wrong is the operator's business, not the peer's
            LOG.error("A {} handler failed.", operation.request().getClass().getSimpleName(), e);
            int code = isFind(operation) ? HANDLER_FAILED : PROCESSING_FAILURE;
            answers.status(operation, DimseStatus.of(code, "The request could not be processed"));
        }
    }

    private static boolean isFind(Operation operation) {
        return operation.request() instanceof CFindRq;
    }

    private void dispatch(Operation operation) {
        Request request = operation.request();
        if (request instanceof MalformedRq malformed) {
            throw new DimseException(malformed.refusal());
        } else if (request instanceof UnrecognizedRq) {
            throw new DimseException(DimseStatus.of(UNRECOGNIZED_OPERATION));
        } else if (request instanceof CEchoRq) {
            echo(operation);
            return;
        }
        checkContext(operation);
        if (request instanceof CFindRq find) {
            find(operation, find);
        } else {
            answers.nResponse(operation, nResponse(operation));
        }
    }

    /** Verification is answered on whatever context it comes; any other class is not C-ECHO's. */
    private void echo(Operation operation) {
        Uid named = operation.request().sopClass();
        boolean verification = named == null || named.equals(Uids.Verification);
        answers.echo(operation, verification ? DimseStatus.SUCCESS : DimseStatus.of(SOP_CLASS_NOT_SUPPORTED));
    }

    private void checkContext(Operation operation) {
        Uid named = operation.request().sopClass();
        Uid negotiated = operation.context().sopClass();
        if (named != null && !named.equals(negotiated)) {
            throw new DimseException(
                    DimseStatus.of(mismatch(operation, named), "SOP class differs from presentation context"));
        }
        boolean event = operation.request() instanceof NEventReportRq;
        ServiceRole needed = event ? ServiceRole.SCP : ServiceRole.SCU;
        if (!operation.context().peerMayBe(needed)) {
            int code = isFind(operation) ? SOP_CLASS_NOT_SUPPORTED : NOT_AUTHORIZED;
            throw new DimseException(DimseStatus.of(code, "The role " + needed + " was not negotiated"));
        }
    }

    private int mismatch(Operation operation, Uid named) {
        if (isFind(operation)) {
            return SOP_CLASS_NOT_SUPPORTED;
        }
        return handlers.sopClasses().contains(named) ? CLASS_INSTANCE_CONFLICT : NO_SUCH_SOP_CLASS;
    }

    private void find(Operation operation, CFindRq request) {
        Uid sopClass = operation.context().sopClass();
        var handler = orUnrecognized(handlers.find(sopClass));
        if (!request.hasDataSet()) {
            throw new DimseException(DimseStatus.of(UNABLE_TO_PROCESS, "The identifier is missing"));
        }
        findResponder.respond(operation, handler, association, decode(operation, UNABLE_TO_PROCESS));
    }

    private NResponse nResponse(Operation operation) {
        Request request = operation.request();
        Uid sopClass = operation.context().sopClass();
        if (request instanceof NCreateRq create) {
            var handler = orUnrecognized(handlers.create(sopClass));
            NResponse response = handler.handle(new CreateRequest(
                    association, sopClass, create.sopInstance(), decode(operation, PROCESSING_FAILURE)));
            return checkInstance(create, response);
        } else if (request instanceof NSetRq set) {
            var handler = orUnrecognized(handlers.set(sopClass));
            return handler.handle(
                    new SetRequest(association, sopClass, set.sopInstance(), decode(operation, PROCESSING_FAILURE)));
        } else if (request instanceof NActionRq action) {
            var handler = orUnrecognized(handlers.action(sopClass));
            return handler.handle(new ActionRequest(
                    association,
                    sopClass,
                    action.sopInstance(),
                    action.actionTypeId(),
                    decode(operation, PROCESSING_FAILURE)));
        }
        NEventReportRq report = (NEventReportRq) request;
        var handler = orUnrecognized(handlers.eventReport(sopClass));
        return handler.handle(new EventReportRequest(
                association,
                sopClass,
                report.sopInstance(),
                report.eventTypeId(),
                decode(operation, PROCESSING_FAILURE)));
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

    private static <T> T orUnrecognized(Optional<T> handler) {
        return handler.orElseThrow(() -> new DimseException(DimseStatus.of(UNRECOGNIZED_OPERATION)));
    }

    private DataSet decode(Operation operation, int statusWhenUndecodable) {
        if (!operation.request().hasDataSet()) {
            return DataSet.empty();
        }
        try {
            return new DataSetCodec(operation.context().transferSyntax(), limits).decode(operation.dataSet());
        } catch (DicomDataException e) {
            LOG.info("The data set of a request cannot be decoded: {}", e.getMessage());
            Tag[] offending = e.tag().stream().toArray(Tag[]::new);
            throw new DimseException(
                    DimseStatus.of(statusWhenUndecodable, "The data set cannot be decoded", offending), e);
        }
    }
}
