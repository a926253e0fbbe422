package io.collimator.dicom.dcm4che;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dcm4che.Replies.Reply;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRq;
import io.collimator.dicom.dimse.DimseCommand.NCreateRq;
import io.collimator.dicom.dimse.DimseCommand.NDeleteRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRq;
import io.collimator.dicom.dimse.DimseCommand.NGetRq;
import io.collimator.dicom.dimse.DimseCommand.NSetRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Requests of ours that have one response: C-ECHO, C-STORE and the N services (PS3.7 §9.1, §10.1). Thread-safe. */
final class Requests {

    private interface Exchanging {

        void exchange(OutgoingRequest request, BiPredicate<Reply, Runnable> responses);
    }

    private final Agreement agreement;
    private final OutgoingRequests requests;
    private final CodecLimits limits;

    Requests(Agreement agreement, OutgoingRequests requests, CodecLimits limits) {
        this.agreement = agreement;
        this.requests = requests;
        this.limits = limits;
    }

    DimseStatus echo() {
        AcceptedContext context = agreement.contextOf(Uids.Verification, ServiceRole.SCP);
        return single(context, id -> new CEchoRq(id, context.sopClass()), DataSet.empty())
                .status();
    }

    NResponse create(Uid sopClass, @Nullable Uid sopInstance, DataSet attributes) {
        AcceptedContext context = agreement.contextOf(sopClass, ServiceRole.SCP);
        return single(context, id -> new NCreateRq(id, sopClass, sopInstance, !attributes.isEmpty()), attributes);
    }

    /** The modification list is mandatory, so it is sent even when it is empty (PS3.7 §10.1.3.1). */
    NResponse set(Uid sopClass, Uid sopInstance, DataSet modifications) {
        AcceptedContext context = agreement.contextOf(sopClass, ServiceRole.SCP);
        return single(context, id -> new NSetRq(id, sopClass, sopInstance, true), modifications);
    }

    NResponse get(Uid sopClass, Uid sopInstance, List<Tag> attributes) {
        AcceptedContext context = agreement.contextOf(sopClass, ServiceRole.SCP);
        return single(context, id -> new NGetRq(id, sopClass, sopInstance, attributes), DataSet.empty());
    }

    NResponse delete(Uid sopClass, Uid sopInstance) {
        AcceptedContext context = agreement.contextOf(sopClass, ServiceRole.SCP);
        return single(context, id -> new NDeleteRq(id, sopClass, sopInstance), DataSet.empty());
    }

    NResponse action(Uid sopClass, Uid sopInstance, int actionTypeId, DataSet information) {
        AcceptedContext context = agreement.contextOf(sopClass, ServiceRole.SCP);
        return single(
                context,
                id -> new NActionRq(id, sopClass, sopInstance, actionTypeId, !information.isEmpty()),
                information);
    }

    NResponse eventReport(Uid sopClass, Uid sopInstance, int eventTypeId, DataSet information) {
        AcceptedContext context = agreement.contextOf(sopClass, ServiceRole.SCU);
        return single(
                context,
                id -> new NEventReportRq(id, sopClass, sopInstance, eventTypeId, !information.isEmpty()),
                information);
    }

    private NResponse single(AcceptedContext context, IntFunction<Request> request, DataSet dataSet) {
        List<Reply> answer = new ArrayList<>(1);
        requests.exchange(OutgoingRequest.of(context, request, encode(context, dataSet)), (reply, cancel) -> {
            answer.add(reply);
            return false;
        });
        Reply reply = answer.get(0);
        Uid sopInstance = reply.response() instanceof DimseCommand.NResponse response ? response.sopInstance() : null;
        return new NResponse(reply.response().status(), sopInstance, decode(context, reply));
    }

    /** The data set as this context wants it; no bytes for an empty one. */
    byte[] encode(AcceptedContext context, DataSet dataSet) {
        return dataSet.isEmpty()
                ? Wire.NO_DATA_SET
                : new DataSetCodec(context.transferSyntax(), limits).encode(dataSet);
    }

    /** The data set of a response, empty when it has none. */
    DataSet decode(AcceptedContext context, Reply reply) {
        return reply.dataSet().length == 0
                ? DataSet.empty()
                : new DataSetCodec(Wire.syntaxOfResponses(context.transferSyntaxUid()), limits).decode(reply.dataSet());
    }

    DimseStatus store(StoredInstance instance, StoreOptions options) {
        return store(instance, options, requests::exchange);
    }

    /** As a sub-operation of a C-GET of the peer. */
    DimseStatus storeAsSubOperation(StoredInstance instance, StoreOptions options) {
        return store(instance, options, requests::subOperation);
    }

    private DimseStatus store(StoredInstance instance, StoreOptions options, Exchanging exchanging) {
        AcceptedContext context = agreement.contextOf(instance.sopClass(), instance.transferSyntax());
        List<DimseStatus> status = new ArrayList<>(1);
        try (InputStream dataSet = instance.dataSet().open()) {
            OutgoingRequest request = OutgoingRequest.streaming(
                    context,
                    id -> new CStoreRq(
                            id,
                            instance.sopClass(),
                            instance.sopInstance(),
                            options.priority(),
                            options.moveOriginator(),
                            true),
                    dataSet);
            exchanging.exchange(request, (reply, cancel) -> {
                status.add(reply.response().status());
                return false;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The data set of instance %s cannot be opened or closed.".formatted(instance.sopInstance()), e);
        }
        return status.get(0);
    }
}
