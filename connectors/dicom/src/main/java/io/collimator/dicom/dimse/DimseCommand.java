package io.collimator.dicom.dimse;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A DIMSE command message without its data set (PS3.7 §9.3, §10.3). Message IDs are 0 to 65535. A SOP class is null where
 * the sender left it out: it then is the abstract syntax of the presentation context.
 */
public sealed interface DimseCommand {

    /** Command Field (0000,0100). */
    int commandField();

    /** Whether a data set follows: Command Data Set Type (0000,0800) is not 0101H. */
    boolean hasDataSet();

    /** A message that is answered. */
    sealed interface Request extends DimseCommand {

        int messageId();

        /** Affected or Requested SOP Class UID. */
        @Nullable
        Uid sopClass();
    }

    /** An answer. */
    sealed interface Response extends DimseCommand {

        int messageIdBeingRespondedTo();

        /** Affected SOP Class UID. */
        @Nullable
        Uid sopClass();

        DimseStatus status();
    }

    /** An answer of an N service, which may name an instance. */
    sealed interface NResponse extends Response {

        /** Affected SOP Instance UID. */
        @Nullable
        Uid sopInstance();
    }

    /** C-ECHO-RQ (PS3.7 §9.3.5.1). */
    record CEchoRq(int messageId, @Nullable Uid sopClass) implements Request {
        @Override
        public int commandField() {
            return CommandField.C_ECHO_RQ;
        }

        @Override
        public boolean hasDataSet() {
            return false;
        }
    }

    /** C-ECHO-RSP (PS3.7 §9.3.5.2). */
    record CEchoRsp(int messageIdBeingRespondedTo, @Nullable Uid sopClass, DimseStatus status) implements Response {
        @Override
        public int commandField() {
            return CommandField.C_ECHO_RSP;
        }

        @Override
        public boolean hasDataSet() {
            return false;
        }
    }

    /** A request on an instance that is there, named by Requested SOP Instance UID. */
    sealed interface InstanceRequest extends Request {

        Uid sopInstance();
    }

    /** A response that counts sub-operations. */
    sealed interface RetrieveResponse extends Response {

        SubOperations subOperations();
    }

    /** C-STORE-RQ (PS3.7 §9.3.1.1). */
    record CStoreRq(
            int messageId,
            @Nullable Uid sopClass,
            Uid sopInstance,
            Priority priority,
            @Nullable MoveOriginator moveOriginator,
            boolean hasDataSet)
            implements Request {
        @Override
        public int commandField() {
            return CommandField.C_STORE_RQ;
        }
    }

    /** C-STORE-RSP (PS3.7 §9.3.1.2). */
    record CStoreRsp(
            int messageIdBeingRespondedTo,
            @Nullable Uid sopClass,
            @Nullable Uid sopInstance,
            DimseStatus status) implements Response {
        @Override
        public int commandField() {
            return CommandField.C_STORE_RSP;
        }

        @Override
        public boolean hasDataSet() {
            return false;
        }
    }

    /** C-GET-RQ (PS3.7 §9.3.3.1). */
    record CGetRq(int messageId, @Nullable Uid sopClass, Priority priority, boolean hasDataSet) implements Request {
        @Override
        public int commandField() {
            return CommandField.C_GET_RQ;
        }
    }

    /** C-GET-RSP (PS3.7 §9.3.3.2). */
    record CGetRsp(
            int messageIdBeingRespondedTo,
            @Nullable Uid sopClass,
            DimseStatus status,
            SubOperations subOperations,
            boolean hasDataSet)
            implements RetrieveResponse {
        @Override
        public int commandField() {
            return CommandField.C_GET_RSP;
        }
    }

    /** C-MOVE-RQ (PS3.7 §9.3.4.1). */
    record CMoveRq(int messageId, @Nullable Uid sopClass, AeTitle destination, Priority priority, boolean hasDataSet)
            implements Request {
        @Override
        public int commandField() {
            return CommandField.C_MOVE_RQ;
        }
    }

    /** C-MOVE-RSP (PS3.7 §9.3.4.2). */
    record CMoveRsp(
            int messageIdBeingRespondedTo,
            @Nullable Uid sopClass,
            DimseStatus status,
            SubOperations subOperations,
            boolean hasDataSet)
            implements RetrieveResponse {
        @Override
        public int commandField() {
            return CommandField.C_MOVE_RSP;
        }
    }

    /** C-FIND-RQ (PS3.7 §9.3.2.1). */
    record CFindRq(int messageId, @Nullable Uid sopClass, Priority priority, boolean hasDataSet) implements Request {
        @Override
        public int commandField() {
            return CommandField.C_FIND_RQ;
        }
    }

    /** C-FIND-RSP (PS3.7 §9.3.2.2). */
    record CFindRsp(int messageIdBeingRespondedTo, @Nullable Uid sopClass, DimseStatus status, boolean hasDataSet)
            implements Response {
        @Override
        public int commandField() {
            return CommandField.C_FIND_RSP;
        }
    }

    /** C-CANCEL-RQ (PS3.7 §9.3.2.3); it is not answered. */
    record CCancelRq(int messageIdBeingRespondedTo) implements DimseCommand {
        @Override
        public int commandField() {
            return CommandField.C_CANCEL_RQ;
        }

        @Override
        public boolean hasDataSet() {
            return false;
        }
    }

    /** N-EVENT-REPORT-RQ (PS3.7 §10.3.1.1). */
    record NEventReportRq(int messageId, @Nullable Uid sopClass, Uid sopInstance, int eventTypeId, boolean hasDataSet)
            implements Request {
        @Override
        public int commandField() {
            return CommandField.N_EVENT_REPORT_RQ;
        }
    }

    /** N-EVENT-REPORT-RSP (PS3.7 §10.3.1.2). */
    record NEventReportRsp(
            int messageIdBeingRespondedTo,
            @Nullable Uid sopClass,
            @Nullable Uid sopInstance,
            @Nullable Integer eventTypeId,
            DimseStatus status,
            boolean hasDataSet)
            implements NResponse {
        @Override
        public int commandField() {
            return CommandField.N_EVENT_REPORT_RSP;
        }
    }

    /**
     * N-GET-RQ (PS3.7 §10.3.2.1).
     *
     * @param attributes Attribute Identifier List; empty asks for all
     */
    record NGetRq(int messageId, @Nullable Uid sopClass, Uid sopInstance, List<Tag> attributes)
            implements InstanceRequest {

        public NGetRq {
            attributes = List.copyOf(attributes);
        }

        @Override
        public int commandField() {
            return CommandField.N_GET_RQ;
        }

        @Override
        public boolean hasDataSet() {
            return false;
        }
    }

    /** N-GET-RSP (PS3.7 §10.3.2.2). */
    record NGetRsp(
            int messageIdBeingRespondedTo,
            @Nullable Uid sopClass,
            @Nullable Uid sopInstance,
            DimseStatus status,
            boolean hasDataSet)
            implements NResponse {
        @Override
        public int commandField() {
            return CommandField.N_GET_RSP;
        }
    }

    /** N-SET-RQ (PS3.7 §10.3.3.1). */
    record NSetRq(int messageId, @Nullable Uid sopClass, Uid sopInstance, boolean hasDataSet)
            implements InstanceRequest {
        @Override
        public int commandField() {
            return CommandField.N_SET_RQ;
        }
    }

    /** N-SET-RSP (PS3.7 §10.3.3.2). */
    record NSetRsp(
            int messageIdBeingRespondedTo,
            @Nullable Uid sopClass,
            @Nullable Uid sopInstance,
            DimseStatus status,
            boolean hasDataSet)
            implements NResponse {
        @Override
        public int commandField() {
            return CommandField.N_SET_RSP;
        }
    }

    /** N-ACTION-RQ (PS3.7 §10.3.4.1). */
    record NActionRq(int messageId, @Nullable Uid sopClass, Uid sopInstance, int actionTypeId, boolean hasDataSet)
            implements InstanceRequest {
        @Override
        public int commandField() {
            return CommandField.N_ACTION_RQ;
        }
    }

    /** N-ACTION-RSP (PS3.7 §10.3.4.2). */
    record NActionRsp(
            int messageIdBeingRespondedTo,
            @Nullable Uid sopClass,
            @Nullable Uid sopInstance,
            @Nullable Integer actionTypeId,
            DimseStatus status,
            boolean hasDataSet)
            implements NResponse {
        @Override
        public int commandField() {
            return CommandField.N_ACTION_RSP;
        }
    }

    /** N-CREATE-RQ (PS3.7 §10.3.5.1); without instance the SCP makes the UID. */
    record NCreateRq(
            int messageId, @Nullable Uid sopClass, @Nullable Uid sopInstance, boolean hasDataSet) implements Request {
        @Override
        public int commandField() {
            return CommandField.N_CREATE_RQ;
        }
    }

    /** N-CREATE-RSP (PS3.7 §10.3.5.2). */
    record NCreateRsp(
            int messageIdBeingRespondedTo,
            @Nullable Uid sopClass,
            @Nullable Uid sopInstance,
            DimseStatus status,
            boolean hasDataSet)
            implements NResponse {
        @Override
        public int commandField() {
            return CommandField.N_CREATE_RSP;
        }
    }

    /** N-DELETE-RQ (PS3.7 §10.3.6.1). */
    record NDeleteRq(int messageId, @Nullable Uid sopClass, Uid sopInstance) implements InstanceRequest {
        @Override
        public int commandField() {
            return CommandField.N_DELETE_RQ;
        }

        @Override
        public boolean hasDataSet() {
            return false;
        }
    }

    /** N-DELETE-RSP (PS3.7 §10.3.6.2). */
    record NDeleteRsp(
            int messageIdBeingRespondedTo,
            @Nullable Uid sopClass,
            @Nullable Uid sopInstance,
            DimseStatus status) implements NResponse {
        @Override
        public int commandField() {
            return CommandField.N_DELETE_RSP;
        }

        @Override
        public boolean hasDataSet() {
            return false;
        }
    }

    /** A request with a command field that the standard does not know; answered 0211H. */
    record UnrecognizedRq(
            int commandField, int messageId, @Nullable Uid sopClass, boolean hasDataSet) implements Request {}

    /**
     * A request of a service that we know with something wrong in its command set.
     *
     * @param sopClass null also when it is what is wrong, as is the instance
     * @param refusal the status to answer
     */
    record MalformedRq(
            int commandField,
            int messageId,
            @Nullable Uid sopClass,
            @Nullable Uid sopInstance,
            boolean hasDataSet,
            DimseStatus refusal)
            implements Request {}

    /**
     * A response that carries no more than its status: the answer to an {@link UnrecognizedRq} or {@link MalformedRq}, or
     * one with a command field that we do not know.
     */
    record BareRsp(
            int commandField,
            int messageIdBeingRespondedTo,
            @Nullable Uid sopClass,
            @Nullable Uid sopInstance,
            DimseStatus status,
            boolean hasDataSet)
            implements NResponse {

        /** The refusal of a request. */
        public static BareRsp to(Request request, DimseStatus status) {
            return new BareRsp(
                    request.commandField() | CommandField.RESPONSE,
                    request.messageId(),
                    request.sopClass(),
                    request instanceof MalformedRq malformed ? malformed.sopInstance() : null,
                    status,
                    false);
        }
    }
}
