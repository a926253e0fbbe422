package io.collimator.dicom.net.association;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseCommand.BareRsp;
import io.collimator.dicom.dimse.DimseCommand.CEchoRsp;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CFindRsp;
import io.collimator.dicom.dimse.DimseCommand.NActionRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRsp;
import io.collimator.dicom.dimse.DimseCommand.NCreateRq;
import io.collimator.dicom.dimse.DimseCommand.NCreateRsp;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRsp;
import io.collimator.dicom.dimse.DimseCommand.NSetRq;
import io.collimator.dicom.dimse.DimseCommand.NSetRsp;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import org.jspecify.annotations.Nullable;

/**
 * Writes responses. They echo Affected SOP Class and Instance UID always: harmless, and some SCUs need it (PS3.7 §9.3,
 * §10.3). Thread-safe.
 */
final class Answers {

    private final MessageSender sender;
    private final CodecLimits limits;

    Answers(MessageSender sender, CodecLimits limits) {
        this.sender = sender;
        this.limits = limits;
    }

    void echo(Operation operation, DimseStatus status) {
        Request request = operation.request();
        send(operation, new CEchoRsp(request.messageId(), sopClass(operation), status), Message.NO_DATA_SET);
    }

    /** A pending C-FIND response; the match is encoded in the character set that it declares itself. */
    void match(Operation operation, DimseStatus pending, DataSet match) {
        byte[] encoded = new DataSetCodec(operation.context().transferSyntax(), limits).encode(match);
        int messageId = operation.request().messageId();
        send(operation, new CFindRsp(messageId, sopClass(operation), pending, true), encoded);
    }

    /** A response that is no more than a status, to any request. */
    void status(Operation operation, DimseStatus status) {
        Request request = operation.request();
        if (request instanceof CFindRq) {
            send(operation, new CFindRsp(request.messageId(), sopClass(operation), status, false), Message.NO_DATA_SET);
        } else if (isServedN(request)) {
            nResponse(operation, NResponse.of(status));
        } else {
            send(operation, BareRsp.to(request, status), Message.NO_DATA_SET);
        }
    }

    void nResponse(Operation operation, NResponse response) {
        boolean hasDataSet = !response.dataSet().isEmpty();
        byte[] encoded = hasDataSet
                ? new DataSetCodec(operation.context().transferSyntax(), limits).encode(response.dataSet())
                : Message.NO_DATA_SET;
        send(operation, command(operation, response, hasDataSet), encoded);
    }

    private static boolean isServedN(Request request) {
        return request instanceof NCreateRq
                || request instanceof NSetRq
                || request instanceof NActionRq
                || request instanceof NEventReportRq;
    }

    private static DimseCommand command(Operation operation, NResponse response, boolean hasDataSet) {
        Request request = operation.request();
        int id = request.messageId();
        Uid sopClass = sopClass(operation);
        DimseStatus status = response.status();
        Uid answered = response.sopInstance();
        if (request instanceof NCreateRq create) {
            return new NCreateRsp(id, sopClass, first(answered, create.sopInstance()), status, hasDataSet);
        } else if (request instanceof NSetRq set) {
            return new NSetRsp(id, sopClass, first(answered, set.sopInstance()), status, hasDataSet);
        } else if (request instanceof NActionRq action) {
            Uid instance = first(answered, action.sopInstance());
            return new NActionRsp(id, sopClass, instance, action.actionTypeId(), status, hasDataSet);
        }
        NEventReportRq report = (NEventReportRq) request;
        Uid instance = first(answered, report.sopInstance());
        return new NEventReportRsp(id, sopClass, instance, report.eventTypeId(), status, hasDataSet);
    }

    private static @Nullable Uid first(@Nullable Uid preferred, @Nullable Uid otherwise) {
        return preferred == null ? otherwise : preferred;
    }

    private static Uid sopClass(Operation operation) {
        Uid named = operation.request().sopClass();
        return named == null ? operation.context().sopClass() : named;
    }

    private void send(Operation operation, DimseCommand command, byte[] dataSet) {
        sender.send(operation.context(), command, dataSet);
    }
}
