package io.collimator.dicom.operation;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CGetRq;
import io.collimator.dicom.dimse.DimseCommand.CMoveRq;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.MalformedRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseCommand.UnrecognizedRq;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.StoreHandler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the handler of a request of the peer, and turns what it returns or throws into the response (PS3.7 §9, §10, Annex C).
 * Thread-safe; handlers run on the calling thread.
 */
public final class ServiceDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceDispatcher.class);

    private final ServiceHandlers handlers;
    private final Answers answers;
    private final FindResponder find;
    private final StoreResponder store;
    private final RetrieveResponder retrieve;
    private final NormalizedResponder normalized;

    public ServiceDispatcher(Answering answering) {
        DicomAssociation association = answering.association();
        RequestDecoder decoder = new RequestDecoder(answering.dataSets());
        this.handlers = answering.handlers();
        this.answers = new Answers(answering.channel(), answering.dataSets());
        this.find = new FindResponder(association, decoder, answers, answering.channel());
        this.store = new StoreResponder(association, handlers);
        this.retrieve = new RetrieveResponder(answering, decoder, answers);
        this.normalized = new NormalizedResponder(association, handlers, decoder);
    }

    /** From now on this one takes every instance that the peer sends; null: the handlers do again. */
    public void receiveWith(@Nullable StoreHandler receiver) {
        store.receiveWith(receiver);
    }

    /** Whether the answer needs no handler and is given at once. */
    public boolean isImmediate(Operation operation) {
        Request request = operation.request();
        return request instanceof CEchoRq || request instanceof UnrecognizedRq || request instanceof MalformedRq;
    }

    /** Answers that there is no thread for it. */
    public void refuseBusy(Operation operation) {
        int code = operation.isComposite() ? Statuses.OUT_OF_RESOURCES : Statuses.RESOURCE_LIMITATION;
        LOG.warn(
                "All handler threads and waiting places are taken; {} is refused with {}.",
                operation.request().getClass().getSimpleName(),
                DimseStatus.of(code));
        answers.status(operation, DimseStatus.of(code, "Too many requests at once, try again later"));
    }

    /** Answers that the message ID is in use. */
    public void refuseDuplicate(Operation operation) {
        answers.status(operation, DimseStatus.of(Statuses.DUPLICATE_INVOCATION, "The Message ID is in use"));
    }

    /** Answers, whatever happens; does not throw. */
    public void answer(Operation operation) {
        try {
            dispatch(operation);
        } catch (DimseException e) {
            refuse(operation, e);
        } catch (RuntimeException | Error e) {
            // what went wrong is the operator's business, not the peer's
            LOG.error("A {} handler failed.", operation.request().getClass().getSimpleName(), e);
            int code = operation.isComposite() ? Statuses.HANDLER_FAILED : Statuses.PROCESSING_FAILURE;
            refuse(operation, new DimseException(DimseStatus.of(code, "The request could not be processed")));
        }
    }

    private void refuse(Operation operation, DimseException refusal) {
        if (!finishReading(operation)) {
            return;
        }
        if (refusal.dataSet().isEmpty() || operation.isComposite()) {
            answers.status(operation, refusal.status());
        } else {
            answers.nResponse(operation, new NResponse(refusal.status(), null, refusal.dataSet()));
        }
    }

    private static boolean finishReading(Operation operation) {
        ArrivingDataSet dataSet = operation.arriving();
        return dataSet == null || dataSet.finish();
    }

    private void dispatch(Operation operation) {
        Request request = operation.request();
        if (request instanceof MalformedRq malformed) {
            throw new DimseException(malformed.refusal());
        } else if (request instanceof UnrecognizedRq) {
            throw new DimseException(DimseStatus.of(Statuses.UNRECOGNIZED_OPERATION));
        } else if (request instanceof CEchoRq) {
            echo(operation);
            return;
        }
        checkContext(operation);
        Uid sopClass = operation.context().sopClass();
        if (request instanceof CFindRq) {
            find.respond(operation, orUnrecognized(handlers.find(sopClass)));
        } else if (request instanceof CStoreRq storing) {
            DimseStatus status = store.respond(operation, storing);
            if (finishReading(operation)) {
                answers.status(operation, status);
            }
        } else if (request instanceof CMoveRq move) {
            retrieve.move(operation, move, orUnrecognized(handlers.move(sopClass)));
        } else if (request instanceof CGetRq get) {
            retrieve.get(operation, get, orUnrecognized(handlers.get(sopClass)));
        } else {
            answers.nResponse(operation, normalized.respond(operation));
        }
    }

    /** Verification is answered on whatever context it comes; any other class is not C-ECHO's. */
    private void echo(Operation operation) {
        Uid named = operation.request().sopClass();
        boolean verification = named == null || named.equals(Uids.Verification);
        DimseStatus refusal = DimseStatus.of(Statuses.SOP_CLASS_NOT_SUPPORTED, "C-ECHO is for Verification only");
        answers.echo(operation, verification ? DimseStatus.SUCCESS : refusal);
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
            int code = operation.isComposite() ? Statuses.SOP_CLASS_NOT_SUPPORTED : Statuses.NOT_AUTHORIZED;
            throw new DimseException(DimseStatus.of(code, "The role " + needed + " was not negotiated"));
        }
    }

    private int mismatch(Operation operation, Uid named) {
        if (operation.isComposite()) {
            return Statuses.SOP_CLASS_NOT_SUPPORTED;
        }
        return handlers.sopClasses().contains(named) ? Statuses.CLASS_INSTANCE_CONFLICT : Statuses.NO_SUCH_SOP_CLASS;
    }

    /** The handler, for without one the SOP class has no such service. */
    static <T> T orUnrecognized(Optional<T> handler) {
        return handler.orElseThrow(() -> new DimseException(DimseStatus.of(Statuses.UNRECOGNIZED_OPERATION)));
    }
}
