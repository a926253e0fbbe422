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
import io.collimator.dicom.dimse.DimseCommand.NActionRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRsp;
import io.collimator.dicom.dimse.DimseCommand.NCreateRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRsp;
import io.collimator.dicom.dimse.DimseCommand.NResponse;
import io.collimator.dicom.dimse.DimseCommand.NSetRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseCommand.Response;
import org.jspecify.annotations.Nullable;

/** Command messages as command sets, without group length (PS3.7 §9.3, §10.3). */
final class CommandWriter {

    static final int NO_DATA_SET = 0x0101;
    private static final int DATA_SET_FOLLOWS = 0x0001;
    private static final int MEDIUM = 0;

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
        // N-SET and N-ACTION name what they request, all others what they affect
        boolean requested = request instanceof NSetRq || request instanceof NActionRq;
        uid(requested ? Tags.RequestedSOPClassUID : Tags.AffectedSOPClassUID, request.sopClass());
        if (request instanceof CFindRq) {
            set.put(Tags.Priority, MEDIUM);
        } else if (request instanceof NSetRq nSet) {
            uid(Tags.RequestedSOPInstanceUID, nSet.sopInstance());
        } else if (request instanceof NActionRq action) {
            uid(Tags.RequestedSOPInstanceUID, action.sopInstance());
            set.put(Tags.ActionTypeID, action.actionTypeId());
        } else if (request instanceof NCreateRq create) {
            uid(Tags.AffectedSOPInstanceUID, create.sopInstance());
        } else if (request instanceof NEventReportRq report) {
            uid(Tags.AffectedSOPInstanceUID, report.sopInstance());
            set.put(Tags.EventTypeID, report.eventTypeId());
        }
    }

    private void response(Response response) {
        set.put(Tags.MessageIDBeingRespondedTo, response.messageIdBeingRespondedTo());
        uid(Tags.AffectedSOPClassUID, response.sopClass());
        boolean cService = (response.commandField() & 0x0F00) == 0;
        status(response.status(), cService);
        if (response instanceof NResponse nResponse) {
            uid(Tags.AffectedSOPInstanceUID, nResponse.sopInstance());
        }
        if (response instanceof NEventReportRsp report && report.eventTypeId() != null) {
            set.put(Tags.EventTypeID, report.eventTypeId());
        } else if (response instanceof NActionRsp action && action.actionTypeId() != null) {
            set.put(Tags.ActionTypeID, action.actionTypeId());
        }
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
            Tag tag = cService ? Tags.OffendingElement : Tags.AttributeIdentifierList;
            set.put(new Element(tag, Vr.AT, new Value.Tags(status.offendingElements())));
        }
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
