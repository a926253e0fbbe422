package io.collimator.dicom.operation;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Our side as a service user: makes requests of data sets and results of responses with one response (PS3.7 §9.1.5, §10.1). Thread-safe. */
final class ServiceUser {

    private final AcceptedContexts contexts;
    private final PeerDataSets dataSets;
    private final RequestChannel requests;

    ServiceUser(AcceptedContexts contexts, PeerDataSets dataSets, RequestChannel requests) {
        this.contexts = contexts;
        this.dataSets = dataSets;
        this.requests = requests;
    }

    DimseStatus echo() {
        AcceptedContext context = context(Uids.Verification, ServiceRole.SCP);
        return single(context, id -> new CEchoRq(id, context.sopClass()), DataSet.empty())
                .status();
    }

    NResponse create(Uid sopClass, @Nullable Uid sopInstance, DataSet attributes) {
        AcceptedContext context = context(sopClass, ServiceRole.SCP);
        return single(context, id -> new NCreateRq(id, sopClass, sopInstance, !attributes.isEmpty()), attributes);
    }

    /** The modification list is mandatory, so it is sent even when it is empty (PS3.7 §10.1.3.1). */
    NResponse set(Uid sopClass, Uid sopInstance, DataSet modifications) {
        AcceptedContext context = context(sopClass, ServiceRole.SCP);
        return single(context, id -> new NSetRq(id, sopClass, sopInstance, true), modifications);
    }

    NResponse get(Uid sopClass, Uid sopInstance, List<Tag> attributes) {
        AcceptedContext context = context(sopClass, ServiceRole.SCP);
        return single(context, id -> new NGetRq(id, sopClass, sopInstance, attributes), DataSet.empty());
    }

    NResponse delete(Uid sopClass, Uid sopInstance) {
        AcceptedContext context = context(sopClass, ServiceRole.SCP);
        return single(context, id -> new NDeleteRq(id, sopClass, sopInstance), DataSet.empty());
    }

    NResponse action(Uid sopClass, Uid sopInstance, int actionTypeId, DataSet information) {
        AcceptedContext context = context(sopClass, ServiceRole.SCP);
        return single(
                context,
                id -> new NActionRq(id, sopClass, sopInstance, actionTypeId, !information.isEmpty()),
                information);
    }

    NResponse eventReport(Uid sopClass, Uid sopInstance, int eventTypeId, DataSet information) {
        AcceptedContext context = context(sopClass, ServiceRole.SCU);
        return single(
                context,
                id -> new NEventReportRq(id, sopClass, sopInstance, eventTypeId, !information.isEmpty()),
                information);
    }

    private AcceptedContext context(Uid sopClass, ServiceRole peerRole) {
        return contexts.contextOf(sopClass, peerRole);
    }

    private NResponse single(AcceptedContext context, IntFunction<Request> request, DataSet dataSet) {
        byte[] encoded = dataSets.encodeIfAny(context.transferSyntax(), dataSet);
        List<Reply> answer = new ArrayList<>(1);
        requests.exchange(OutgoingRequest.of(context, request, encoded), (reply, cancel) -> {
            answer.add(reply);
            return false;
        });
        Reply reply = answer.get(0);
        Uid sopInstance = reply.response() instanceof DimseCommand.NResponse response ? response.sopInstance() : null;
        DataSet answered = dataSets.decodeIfAny(requests.syntaxOf(context), reply.dataSet());
        return new NResponse(reply.response().status(), sopInstance, answered);
    }
}
