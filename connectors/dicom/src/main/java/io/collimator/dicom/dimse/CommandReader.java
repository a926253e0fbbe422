package io.collimator.dicom.dimse;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dimse.DimseCommand.BareRsp;
import io.collimator.dicom.dimse.DimseCommand.CCancelRq;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
import io.collimator.dicom.dimse.DimseCommand.CEchoRsp;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CFindRsp;
import io.collimator.dicom.dimse.DimseCommand.MalformedRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRsp;
import io.collimator.dicom.dimse.DimseCommand.NCreateRq;
import io.collimator.dicom.dimse.DimseCommand.NCreateRsp;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRsp;
import io.collimator.dicom.dimse.DimseCommand.NSetRq;
import io.collimator.dicom.dimse.DimseCommand.NSetRsp;
import io.collimator.dicom.dimse.DimseCommand.UnrecognizedRq;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Command sets as command messages. Lenient where the meaning is plain: Requested and Affected UIDs stand in for each
 * other, a missing SOP class is that of the presentation context, a missing Command Data Set Type means no data set.
 */
final class CommandReader {

    private static final int INVALID_OBJECT_INSTANCE = 0x0117;
    private static final int NO_SUCH_SOP_CLASS = 0x0118;
    private static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;
    private static final int NO_SUCH_EVENT_TYPE = 0x0113;
    private static final int NO_SUCH_ACTION_TYPE = 0x0123;

    private final DataSet set;
    private final int commandField;
    private final boolean hasDataSet;

    private CommandReader(DataSet set) {
        this.set = set;
        this.commandField = required(Tags.CommandField, "Command Field");
        long dataSetType = set.integer(Tags.CommandDataSetType).orElse(CommandWriter.NO_DATA_SET);
        this.hasDataSet = dataSetType != CommandWriter.NO_DATA_SET;
    }

    static DimseCommand toCommand(DataSet commandSet) {
        CommandReader reader = new CommandReader(commandSet);
        if (reader.commandField == CommandField.C_CANCEL_RQ) {
            return new CCancelRq(reader.required(Tags.MessageIDBeingRespondedTo, "Message ID Being Responded To"));
        }
        return (reader.commandField & CommandField.RESPONSE) == 0 ? reader.request() : reader.response();
    }

    private DimseCommand request() {
        int messageId = required(Tags.MessageID, "Message ID");
        boolean requested = commandField == CommandField.N_SET_RQ || commandField == CommandField.N_ACTION_RQ;
        Optional<String> classText = requested
                ? first(Tags.RequestedSOPClassUID, Tags.AffectedSOPClassUID)
                : first(Tags.AffectedSOPClassUID, Tags.RequestedSOPClassUID);
        Optional<Uid> sopClass = classText.flatMap(Uid::parse);
        if (classText.isPresent() && sopClass.isEmpty() && isKnownRequest()) {
            boolean cService = (commandField & 0x0F00) == 0;
            return malformed(
                    messageId, cService ? SOP_CLASS_NOT_SUPPORTED : NO_SUCH_SOP_CLASS, "The SOP Class UID is no UID");
        }
        @Nullable Uid uid = sopClass.orElse(null);
        return switch (commandField) {
            case CommandField.C_ECHO_RQ -> new CEchoRq(messageId, uid);
            case CommandField.C_FIND_RQ -> new CFindRq(messageId, uid, hasDataSet);
            case CommandField.N_CREATE_RQ,
                    CommandField.N_SET_RQ,
                    CommandField.N_ACTION_RQ,
                    CommandField.N_EVENT_REPORT_RQ -> nRequest(messageId, uid, requested);
            default -> new UnrecognizedRq(commandField, messageId, uid, hasDataSet);
        };
    }

    private boolean isKnownRequest() {
        return switch (commandField) {
            case CommandField.C_ECHO_RQ,
                    CommandField.C_FIND_RQ,
                    CommandField.N_CREATE_RQ,
                    CommandField.N_SET_RQ,
                    CommandField.N_ACTION_RQ,
                    CommandField.N_EVENT_REPORT_RQ -> true;
            default -> false;
        };
    }

    private DimseCommand nRequest(int messageId, @Nullable Uid sopClass, boolean requested) {
        Optional<String> instanceText = requested
                ? first(Tags.RequestedSOPInstanceUID, Tags.AffectedSOPInstanceUID)
                : first(Tags.AffectedSOPInstanceUID, Tags.RequestedSOPInstanceUID);
        if (instanceText.isPresent() && !Uid.isValid(instanceText.get())) {
            return malformed(messageId, INVALID_OBJECT_INSTANCE, "The SOP Instance UID is no UID");
        }
        if (commandField == CommandField.N_CREATE_RQ) {
            return new NCreateRq(messageId, sopClass, instanceText.map(Uid::new).orElse(null), hasDataSet);
        }
        if (instanceText.isEmpty()) {
            return malformed(messageId, INVALID_OBJECT_INSTANCE, "The SOP Instance UID is missing");
        }
        return instanceRequest(messageId, sopClass, new Uid(instanceText.get()));
    }

    private DimseCommand instanceRequest(int messageId, @Nullable Uid sopClass, Uid sopInstance) {
        if (commandField == CommandField.N_SET_RQ) {
            return new NSetRq(messageId, sopClass, sopInstance, hasDataSet);
        }
        if (commandField == CommandField.N_ACTION_RQ) {
            OptionalLong type = set.integer(Tags.ActionTypeID);
            return type.isPresent()
                    ? new NActionRq(messageId, sopClass, sopInstance, (int) type.getAsLong(), hasDataSet)
                    : malformed(messageId, NO_SUCH_ACTION_TYPE, "The Action Type ID is missing");
        }
        OptionalLong type = set.integer(Tags.EventTypeID);
        return type.isPresent()
                ? new NEventReportRq(messageId, sopClass, sopInstance, (int) type.getAsLong(), hasDataSet)
                : malformed(messageId, NO_SUCH_EVENT_TYPE, "The Event Type ID is missing");
    }

    private MalformedRq malformed(int messageId, int status, String comment) {
        return new MalformedRq(commandField, messageId, hasDataSet, DimseStatus.of(status, comment));
    }

    private DimseCommand response() {
        int messageId = required(Tags.MessageIDBeingRespondedTo, "Message ID Being Responded To");
        @Nullable
        Uid sopClass = first(Tags.AffectedSOPClassUID, Tags.RequestedSOPClassUID)
                .flatMap(Uid::parse)
                .orElse(null);
        @Nullable
        Uid sopInstance = first(Tags.AffectedSOPInstanceUID, Tags.RequestedSOPInstanceUID)
                .flatMap(Uid::parse)
                .orElse(null);
        DimseStatus status = status();
        return switch (commandField) {
            case CommandField.C_ECHO_RSP -> new CEchoRsp(messageId, sopClass, status);
            case CommandField.C_FIND_RSP -> new CFindRsp(messageId, sopClass, status, hasDataSet);
            case CommandField.N_CREATE_RSP -> new NCreateRsp(messageId, sopClass, sopInstance, status, hasDataSet);
            case CommandField.N_SET_RSP -> new NSetRsp(messageId, sopClass, sopInstance, status, hasDataSet);
            case CommandField.N_ACTION_RSP ->
                new NActionRsp(messageId, sopClass, sopInstance, optional(Tags.ActionTypeID), status, hasDataSet);
            case CommandField.N_EVENT_REPORT_RSP ->
                new NEventReportRsp(messageId, sopClass, sopInstance, optional(Tags.EventTypeID), status, hasDataSet);
            default -> new BareRsp(commandField, messageId, sopClass, status, hasDataSet);
        };
    }

    private DimseStatus status() {
        int code = required(Tags.Status, "Status");
        String comment = set.text(Tags.ErrorComment);
        List<Tag> offending = tags(Tags.OffendingElement);
        return new DimseStatus(
                code,
                comment.isEmpty() ? null : comment,
                offending.isEmpty() ? tags(Tags.AttributeIdentifierList) : offending,
                optional(Tags.ErrorID));
    }

    private List<Tag> tags(Tag tag) {
        return set.get(tag).map(Element::value).orElse(null) instanceof Value.Tags tags ? tags.values() : List.of();
    }

    private @Nullable Integer optional(Tag tag) {
        OptionalLong value = set.integer(tag);
        return value.isPresent() ? (int) value.getAsLong() : null;
    }

    private int required(Tag tag, String name) {
        return (int) set.integer(tag)
                .orElseThrow(() -> new DicomDataException(
                        "The command set has no %s; without it nothing can be answered (PS3.7 §6.3).".formatted(name),
                        tag,
                        -1));
    }

    private Optional<String> first(Tag preferred, Tag fallback) {
        String text = set.text(preferred);
        String value = text.isEmpty() ? set.text(fallback) : text;
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
