package io.collimator.dicom.dimse;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dimse.DimseCommand.CCancelRq;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CGetRq;
import io.collimator.dicom.dimse.DimseCommand.CMoveRq;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.CStoreRsp;
import io.collimator.dicom.dimse.DimseCommand.InstanceRequest;
import io.collimator.dicom.dimse.DimseCommand.NActionRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRsp;
import io.collimator.dicom.dimse.DimseCommand.NCreateRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRsp;
import io.collimator.dicom.dimse.DimseCommand.NGetRq;
import io.collimator.dicom.dimse.DimseCommand.NResponse;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseCommand.Response;
import io.collimator.dicom.dimse.DimseCommand.RetrieveResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Command messages as command sets, without group length (PS3.7 §9.3, §10.3). */
final class CommandWriter {

    static final int NO_DATA_SET = 0x0101;
    private static final int DATA_SET_FOLLOWS = 0x0001;

    private final DataSet.Builder set = Dictionary.dataSet();

    private CommandWriter() {}

    static DataSet toDataSet(DimseCommand command) {
        CommandWriter writer = new CommandWriter();
        writer.set.put(Tags.CommandField, command.commandField());
        writer.set.put(Tags.CommandDataSetType, command.hasDataSet() ? DATA_SET_FOLLOWS : NO_DATA_SET);
        if (command instanceof Request request) {
            writer.request(request);
        } else if (command instanceof Response response) {
            writer.response(response);
        } else if (command instanceof CCancelRq cancel) {
            writer.set.put(Tags.MessageIDBeingRespondedTo, cancel.messageIdBeingRespondedTo());
        }
        return writer.set.build();
    }

    private void request(Request request) {
        set.put(Tags.MessageID, request.messageId());
        // what is there is requested, all else is affected
        boolean requested = request instanceof InstanceRequest;
        uid(requested ? Tags.RequestedSOPClassUID : Tags.AffectedSOPClassUID, request.sopClass());
        if (request instanceof InstanceRequest instanceRequest) {
            uid(Tags.RequestedSOPInstanceUID, instanceRequest.sopInstance());
            instanceRequest(instanceRequest);
        } else if (request instanceof NCreateRq create) {
            uid(Tags.AffectedSOPInstanceUID, create.sopInstance());
        } else if (request instanceof NEventReportRq report) {
            uid(Tags.AffectedSOPInstanceUID, report.sopInstance());
            set.put(Tags.EventTypeID, report.eventTypeId());
        } else {
            compositeRequest(request);
        }
    }

    private void instanceRequest(InstanceRequest request) {
        if (request instanceof NActionRq action) {
            set.put(Tags.ActionTypeID, action.actionTypeId());
        } else if (request instanceof NGetRq get && !get.attributes().isEmpty()) {
            tags(Tags.AttributeIdentifierList, get.attributes());
        }
    }

    private void compositeRequest(Request request) {
        if (request instanceof CFindRq find) {
            set.put(Tags.Priority, find.priority().code());
        } else if (request instanceof CGetRq get) {
            set.put(Tags.Priority, get.priority().code());
        } else if (request instanceof CMoveRq move) {
            set.put(Tags.Priority, move.priority().code());
            set.put(Tags.MoveDestination, move.destination().value());
        } else if (request instanceof CStoreRq store) {
            store(store);
        }
    }

    private void store(CStoreRq store) {
        set.put(Tags.Priority, store.priority().code());
        uid(Tags.AffectedSOPInstanceUID, store.sopInstance());
        MoveOriginator originator = store.moveOriginator();
        if (originator != null) {
            set.put(
                    Tags.MoveOriginatorApplicationEntityTitle,
                    originator.aeTitle().value());
            set.put(Tags.MoveOriginatorMessageID, originator.messageId());
        }
    }

    private void response(Response response) {
        set.put(Tags.MessageIDBeingRespondedTo, response.messageIdBeingRespondedTo());
        uid(Tags.AffectedSOPClassUID, response.sopClass());
        status(response.status(), CommandField.isComposite(response.commandField()));
        if (response instanceof NResponse nResponse) {
            uid(Tags.AffectedSOPInstanceUID, nResponse.sopInstance());
        } else if (response instanceof CStoreRsp store) {
            uid(Tags.AffectedSOPInstanceUID, store.sopInstance());
        } else if (response instanceof RetrieveResponse retrieve) {
            subOperations(retrieve.status(), retrieve.subOperations());
        }
        if (response instanceof NEventReportRsp report && report.eventTypeId() != null) {
            set.put(Tags.EventTypeID, report.eventTypeId());
        } else if (response instanceof NActionRsp action && action.actionTypeId() != null) {
            set.put(Tags.ActionTypeID, action.actionTypeId());
        }
    }

    /** A final response names no remaining ones, and a failure before the first sub-operation counts none. */
    private void subOperations(DimseStatus status, SubOperations counts) {
        if (status.isFailure() && counts.equals(SubOperations.NONE)) {
            return;
        }
        if (status.isPending() || status.code() == DimseStatus.CANCEL_CODE) {
            set.put(Tags.NumberOfRemainingSuboperations, counts.remaining());
        }
        set.put(Tags.NumberOfCompletedSuboperations, counts.completed());
        set.put(Tags.NumberOfFailedSuboperations, counts.failed());
        set.put(Tags.NumberOfWarningSuboperations, counts.warning());
    }

    private void status(DimseStatus status, boolean cService) {
        set.put(Tags.Status, status.code());
        String comment = status.errorComment();
        if (comment != null) {
            set.put(Tags.ErrorComment, inDefaultRepertoire(comment));
        }
        Integer errorId = status.errorId();
        if (errorId != null) {
            set.put(Tags.ErrorID, errorId);
        }
        if (!status.offendingElements().isEmpty()) {
            tags(cService ? Tags.OffendingElement : Tags.AttributeIdentifierList, status.offendingElements());
        }
    }

    private void tags(Tag tag, List<Tag> values) {
        set.put(new Element(tag, Vr.AT, new Value.Tags(values)));
    }

    /** A command set declares no character set, and a backslash would make two values of one. */
    private static String inDefaultRepertoire(String comment) {
        return comment.replace('\\', '/').replaceAll("[^\\x20-\\x7E]", "?");
    }

    private void uid(Tag tag, @Nullable Uid uid) {
        if (uid != null) {
            set.put(tag, uid);
        }
    }
}
