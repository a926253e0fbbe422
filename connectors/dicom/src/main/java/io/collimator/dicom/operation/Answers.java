package io.collimator.dicom.operation;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseCommand.BareRsp;
import io.collimator.dicom.dimse.DimseCommand.CEchoRsp;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CFindRsp;
import io.collimator.dicom.dimse.DimseCommand.CGetRq;
import io.collimator.dicom.dimse.DimseCommand.CGetRsp;
import io.collimator.dicom.dimse.DimseCommand.CMoveRq;
import io.collimator.dicom.dimse.DimseCommand.CMoveRsp;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.CStoreRsp;
import io.collimator.dicom.dimse.DimseCommand.InstanceRequest;
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
import io.collimator.dicom.dimse.DimseCommand.NSetRsp;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.SubOperations;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes responses. They echo Affected SOP Class and Instance UID always: harmless, and some SCUs need it (PS3.7 §9.3,
 * §10.3). Thread-safe.
 */
final class Answers {

    private static final int MAX_SHORT_VALUE = 0xFFFE;

    private final AnswerChannel channel;
    private final PeerDataSets dataSets;

    Answers(AnswerChannel channel, PeerDataSets dataSets) {
        this.channel = channel;
        this.dataSets = dataSets;
    }

    void echo(Operation operation, DimseStatus status) {
        Request request = operation.request();
        send(operation, new CEchoRsp(request.messageId(), sopClass(operation), status), Operation.NO_DATA_SET);
    }

    /** The response that comes with each match of an operation. */
    DimseCommand.Response pending(Operation operation, DimseStatus pending) {
        return new CFindRsp(operation.request().messageId(), sopClass(operation), pending, true);
    }

    /**
     * A pending C-FIND response; the match is encoded in the character set that it declares itself.
     *
     * @param more whether the next response is made at once
     */
    void match(Operation operation, DimseCommand.Response pending, DataSet match, boolean more) {
        byte[] encoded = encode(operation, match);
        if (more) {
            channel.sendSoon(operation, pending, encoded);
        } else {
            send(operation, pending, encoded);
        }
    }

    /** A response to C-MOVE or C-GET; what failed is listed in a data set when there is something to list. */
    void retrieve(Operation operation, DimseStatus status, SubOperations counts, List<Uid> failed) {
        Request request = operation.request();
        boolean listed = !failed.isEmpty();
        DimseCommand.Response response = request instanceof CMoveRq
                ? new CMoveRsp(request.messageId(), sopClass(operation), status, counts, listed)
                : new CGetRsp(request.messageId(), sopClass(operation), status, counts, listed);
        send(operation, response, listed ? encode(operation, failedList(failed)) : Operation.NO_DATA_SET);
    }

    /** As many as an element of VR UI holds in Explicit VR (PS3.5 §7.1.2). */
    private static DataSet failedList(List<Uid> failed) {
        List<String> listed = new ArrayList<>();
        int length = 0;
        for (Uid uid : failed) {
            length += uid.value().length() + 1;
            if (length <= MAX_SHORT_VALUE) {
                listed.add(uid.value());
            }
        }
        Value uids = new Value.Text(listed);
        return DataSet.of(List.of(new Element(Tags.FailedSOPInstanceUIDList, Vr.UI, uids)));
    }

    /** A response that is no more than a status, to any request. */
    void status(Operation operation, DimseStatus status) {
        Request request = operation.request();
        int id = request.messageId();
        if (request instanceof CFindRq) {
            send(operation, new CFindRsp(id, sopClass(operation), status, false), Operation.NO_DATA_SET);
        } else if (request instanceof CStoreRq store) {
            DimseCommand.Response response = new CStoreRsp(id, sopClass(operation), store.sopInstance(), status);
            send(operation, response, Operation.NO_DATA_SET);
        } else if (request instanceof CMoveRq || request instanceof CGetRq) {
            retrieve(operation, status, SubOperations.NONE, List.of());
        } else if (isServedN(request)) {
            nResponse(operation, NResponse.of(status));
        } else {
            send(operation, BareRsp.to(request, status), Operation.NO_DATA_SET);
        }
    }

    /** N-DELETE is answered without a data set whatever the handler returned (PS3.7 §10.3.6.2). */
    void nResponse(Operation operation, NResponse response) {
        boolean hasDataSet = !response.dataSet().isEmpty() && !(operation.request() instanceof NDeleteRq);
        byte[] encoded = hasDataSet ? encode(operation, response.dataSet()) : Operation.NO_DATA_SET;
        send(operation, command(operation, response, hasDataSet), encoded);
    }

    private static boolean isServedN(Request request) {
        return request instanceof NCreateRq || request instanceof NEventReportRq || request instanceof InstanceRequest;
    }

    private static DimseCommand.Response command(Operation operation, NResponse response, boolean hasDataSet) {
        Request request = operation.request();
        int id = request.messageId();
        Uid sopClass = sopClass(operation);
        DimseStatus status = response.status();
        Uid answered = response.sopInstance();
        if (request instanceof NCreateRq create) {
            return new NCreateRsp(id, sopClass, first(answered, create.sopInstance()), status, hasDataSet);
        } else if (request instanceof NEventReportRq report) {
            Uid instance = first(answered, report.sopInstance());
            return new NEventReportRsp(id, sopClass, instance, report.eventTypeId(), status, hasDataSet);
        }
        Uid instance = first(answered, ((InstanceRequest) request).sopInstance());
        if (request instanceof NActionRq action) {
            return new NActionRsp(id, sopClass, instance, action.actionTypeId(), status, hasDataSet);
        } else if (request instanceof NGetRq) {
            return new NGetRsp(id, sopClass, instance, status, hasDataSet);
        } else if (request instanceof NDeleteRq) {
            return new NDeleteRsp(id, sopClass, instance, status);
        }
        return new NSetRsp(id, sopClass, instance, status, hasDataSet);
    }

    private static @Nullable Uid first(@Nullable Uid preferred, @Nullable Uid otherwise) {
        return preferred == null ? otherwise : preferred;
    }

    private static Uid sopClass(Operation operation) {
        Uid named = operation.request().sopClass();
        return named == null ? operation.context().sopClass() : named;
    }

    private byte[] encode(Operation operation, DataSet dataSet) {
        return dataSets.encode(channel.syntaxOf(operation.context()), dataSet);
    }

    private void send(Operation operation, DimseCommand.Response response, byte[] dataSet) {
        channel.send(operation, response, dataSet);
    }
}
