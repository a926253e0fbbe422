package io.collimator.dicom.dimse;

import io.collimator.dicom.data.AeTitle;
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
import io.collimator.dicom.dimse.DimseCommand.CGetRq;
import io.collimator.dicom.dimse.DimseCommand.CGetRsp;
import io.collimator.dicom.dimse.DimseCommand.CMoveRq;
import io.collimator.dicom.dimse.DimseCommand.CMoveRsp;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.CStoreRsp;
import io.collimator.dicom.dimse.DimseCommand.MalformedRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRsp;
import io.collimator.dicom.dimse.DimseCommand.NCreateRq;
import io.collimator.dicom.dimse.DimseCommand.NCreateRsp;
import io.collimator.dicom.dimse.DimseCommand.NDeleteRq;
import io.collimator.dicom.dimse.DimseCommand.NDeleteRsp;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRsp;
import io.collimator.dicom.dimse.DimseCommand.NGetRq;
import io.collimator.dicom.dimse.DimseCommand.NGetRsp;
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
    private static final int MOVE_DESTINATION_UNKNOWN = 0xA801;

    /** What a message is about; UIDs that are none are null. */
    private record Target(
            int messageId, @Nullable Uid sopClass, @Nullable Uid sopInstance) {}

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
        Optional<String> classText = namesRequested()
                ? first(Tags.RequestedSOPClassUID, Tags.AffectedSOPClassUID)
                : first(Tags.AffectedSOPClassUID, Tags.RequestedSOPClassUID);
        Optional<Uid> sopClass = classText.flatMap(Uid::parse);
        Optional<String> instanceText = namesRequested()
                ? first(Tags.RequestedSOPInstanceUID, Tags.AffectedSOPInstanceUID)
                : first(Tags.AffectedSOPInstanceUID, Tags.RequestedSOPInstanceUID);
        Target target = new Target(
                messageId,
                sopClass.orElse(null),
                instanceText.flatMap(Uid::parse).orElse(null));
        if (!isKnownRequest()) {
            return new UnrecognizedRq(commandField, messageId, target.sopClass(), hasDataSet);
        }
        if (classText.isPresent() && sopClass.isEmpty()) {
            boolean composite = CommandField.isComposite(commandField);
            return malformed(
                    target, composite ? SOP_CLASS_NOT_SUPPORTED : NO_SUCH_SOP_CLASS, "The SOP Class UID is no UID");
        }
        if (instanceText.isPresent() && target.sopInstance() == null) {
            return malformed(target, INVALID_OBJECT_INSTANCE, "The SOP Instance UID is no UID");
        }
        return knownRequest(target);
    }

    /** Requests on an instance that is there name it by the requested UIDs, all others by the affected ones. */
    private boolean namesRequested() {
        return switch (commandField) {
            case CommandField.N_GET_RQ, CommandField.N_SET_RQ, CommandField.N_ACTION_RQ, CommandField.N_DELETE_RQ ->
                true;
            default -> false;
        };
    }

    private boolean isKnownRequest() {
        return switch (commandField) {
            case CommandField.C_ECHO_RQ,
                    CommandField.C_STORE_RQ,
                    CommandField.C_FIND_RQ,
                    CommandField.C_GET_RQ,
                    CommandField.C_MOVE_RQ,
                    CommandField.N_CREATE_RQ,
                    CommandField.N_EVENT_REPORT_RQ -> true;
            default -> namesRequested();
        };
    }

    private DimseCommand knownRequest(Target target) {
        int messageId = target.messageId();
        @Nullable Uid uid = target.sopClass();
        Priority priority = Priority.of(set.integer(Tags.Priority).orElse(0));
        return switch (commandField) {
            case CommandField.C_ECHO_RQ -> new CEchoRq(messageId, uid);
            case CommandField.C_FIND_RQ -> new CFindRq(messageId, uid, priority, hasDataSet);
            case CommandField.C_GET_RQ -> new CGetRq(messageId, uid, priority, hasDataSet);
            case CommandField.C_MOVE_RQ -> move(target, priority);
            case CommandField.N_CREATE_RQ -> new NCreateRq(messageId, uid, target.sopInstance(), hasDataSet);
            default -> instanceRequest(target, priority);
        };
    }

    private DimseCommand move(Target target, Priority priority) {
        Optional<AeTitle> destination = AeTitle.parse(set.text(Tags.MoveDestination));
        return destination.isPresent()
                ? new CMoveRq(target.messageId(), target.sopClass(), destination.get(), priority, hasDataSet)
                : malformed(target, MOVE_DESTINATION_UNKNOWN, "The Move Destination is missing or no AE title");
    }

    private DimseCommand instanceRequest(Target target, Priority priority) {
        @Nullable Uid sopClass = target.sopClass();
        @Nullable Uid sopInstance = target.sopInstance();
        if (sopInstance == null) {
            return malformed(target, INVALID_OBJECT_INSTANCE, "The SOP Instance UID is missing");
        }
        int messageId = target.messageId();
        return switch (commandField) {
            case CommandField.C_STORE_RQ ->
                new CStoreRq(messageId, sopClass, sopInstance, priority, moveOriginator(), hasDataSet);
            case CommandField.N_GET_RQ ->
                new NGetRq(messageId, sopClass, sopInstance, tags(Tags.AttributeIdentifierList));
            case CommandField.N_SET_RQ -> new NSetRq(messageId, sopClass, sopInstance, hasDataSet);
            case CommandField.N_DELETE_RQ -> new NDeleteRq(messageId, sopClass, sopInstance);
            case CommandField.N_ACTION_RQ -> action(target, sopInstance);
            default -> eventReport(target, sopInstance);
        };
    }

    private DimseCommand action(Target target, Uid sopInstance) {
        OptionalLong type = set.integer(Tags.ActionTypeID);
        return type.isPresent()
                ? new NActionRq(target.messageId(), target.sopClass(), sopInstance, (int) type.getAsLong(), hasDataSet)
                : malformed(target, NO_SUCH_ACTION_TYPE, "The Action Type ID is missing");
    }

    private DimseCommand eventReport(Target target, Uid sopInstance) {
        OptionalLong type = set.integer(Tags.EventTypeID);
        return type.isPresent()
                ? new NEventReportRq(
                        target.messageId(), target.sopClass(), sopInstance, (int) type.getAsLong(), hasDataSet)
                : malformed(target, NO_SUCH_EVENT_TYPE, "The Event Type ID is missing");
    }

    /** Both elements or none (PS3.7 §9.3.1.1); half of them says nothing. */
    private @Nullable MoveOriginator moveOriginator() {
        Optional<AeTitle> title = AeTitle.parse(set.text(Tags.MoveOriginatorApplicationEntityTitle));
        OptionalLong messageId = set.integer(Tags.MoveOriginatorMessageID);
        return title.isPresent() && messageId.isPresent()
                ? new MoveOriginator(title.get(), (int) messageId.getAsLong())
                : null;
    }

    private MalformedRq malformed(Target target, int status, String comment) {
        return new MalformedRq(
                commandField,
                target.messageId(),
                target.sopClass(),
                target.sopInstance(),
                hasDataSet,
                DimseStatus.of(status, comment));
    }

    private DimseCommand response() {
        Target target = new Target(
                required(Tags.MessageIDBeingRespondedTo, "Message ID Being Responded To"),
                first(Tags.AffectedSOPClassUID, Tags.RequestedSOPClassUID)
                        .flatMap(Uid::parse)
                        .orElse(null),
                first(Tags.AffectedSOPInstanceUID, Tags.RequestedSOPInstanceUID)
                        .flatMap(Uid::parse)
                        .orElse(null));
        DimseStatus status = status();
        return (commandField & 0x0FFF) >= CommandField.N_EVENT_REPORT_RQ
                ? normalizedResponse(target, status)
                : compositeResponse(target, status);
    }

    private DimseCommand compositeResponse(Target target, DimseStatus status) {
        int id = target.messageId();
        @Nullable Uid sopClass = target.sopClass();
        return switch (commandField) {
            case CommandField.C_ECHO_RSP -> new CEchoRsp(id, sopClass, status);
            case CommandField.C_STORE_RSP -> new CStoreRsp(id, sopClass, target.sopInstance(), status);
            case CommandField.C_FIND_RSP -> new CFindRsp(id, sopClass, status, hasDataSet);
            case CommandField.C_GET_RSP -> new CGetRsp(id, sopClass, status, subOperations(), hasDataSet);
            case CommandField.C_MOVE_RSP -> new CMoveRsp(id, sopClass, status, subOperations(), hasDataSet);
            default -> bare(target, status);
        };
    }

    private DimseCommand normalizedResponse(Target target, DimseStatus status) {
        int id = target.messageId();
        @Nullable Uid sopClass = target.sopClass();
        @Nullable Uid sopInstance = target.sopInstance();
        return switch (commandField) {
            case CommandField.N_GET_RSP -> new NGetRsp(id, sopClass, sopInstance, status, hasDataSet);
            case CommandField.N_CREATE_RSP -> new NCreateRsp(id, sopClass, sopInstance, status, hasDataSet);
            case CommandField.N_SET_RSP -> new NSetRsp(id, sopClass, sopInstance, status, hasDataSet);
            case CommandField.N_DELETE_RSP -> new NDeleteRsp(id, sopClass, sopInstance, status);
            case CommandField.N_ACTION_RSP ->
                new NActionRsp(id, sopClass, sopInstance, optional(Tags.ActionTypeID), status, hasDataSet);
            case CommandField.N_EVENT_REPORT_RSP ->
                new NEventReportRsp(id, sopClass, sopInstance, optional(Tags.EventTypeID), status, hasDataSet);
            default -> bare(target, status);
        };
    }

    private BareRsp bare(Target target, DimseStatus status) {
        return new BareRsp(
                commandField, target.messageId(), target.sopClass(), target.sopInstance(), status, hasDataSet);
    }

    private SubOperations subOperations() {
        return new SubOperations(
                count(Tags.NumberOfRemainingSuboperations),
                count(Tags.NumberOfCompletedSuboperations),
                count(Tags.NumberOfFailedSuboperations),
                count(Tags.NumberOfWarningSuboperations));
    }

    private int count(Tag tag) {
        return (int) set.integer(tag).orElse(0);
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
