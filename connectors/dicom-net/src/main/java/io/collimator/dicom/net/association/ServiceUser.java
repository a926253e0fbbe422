package io.collimator.dicom.net.association;

import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRq;
import io.collimator.dicom.dimse.DimseCommand.NCreateRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRq;
import io.collimator.dicom.dimse.DimseCommand.NSetRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseCommand.Response;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.negotiation.AcceptedContext;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.ServiceRole;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Our side as a service user: makes requests of data sets and results of responses (PS3.7 §9.1, §10.1). Thread-safe. */
final class ServiceUser {

    private final AssociationProfile profile;
    private final OutgoingRequests requests;

    ServiceUser(AssociationProfile profile, OutgoingRequests requests) {
        this.profile = profile;
        this.requests = requests;
    }

    DimseStatus echo() {
        AcceptedContext context = context(Uids.Verification, ServiceRole.SCP);
        return single(context, id -> new CEchoRq(id, context.sopClass()), DataSet.empty())
                .status();
    }

    FindResult find(Uid sopClass, DataSet identifier, int maxMatches) {
        AcceptedContext context = context(sopClass, ServiceRole.SCP);
        FindCollector collector = new FindCollector(context, maxMatches);
        requests.exchange(context, id -> new CFindRq(id, sopClass, true), encode(context, identifier), collector::take);
        return collector.result();
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
        return profile.agreement()
                .context(sopClass, peerRole)
                .orElseThrow(() -> new AssociationException(
                        Kind.CONTEXT_NOT_ACCEPTED,
                        "No presentation context of SOP class %s with %s as %s was accepted; check its configuration."
                                .formatted(sopClass, profile.peer(), peerRole),
                        null));
    }

    private NResponse single(AcceptedContext context, IntFunction<Request> request, DataSet dataSet) {
        List<Message> answer = new ArrayList<>(1);
        requests.exchange(context, request, encode(context, dataSet), message -> {
            answer.add(message);
            return false;
        });
        Message message = answer.get(0);
        Response response = (Response) message.command();
        Uid sopInstance = response instanceof DimseCommand.NResponse nResponse ? nResponse.sopInstance() : null;
        return new NResponse(response.status(), sopInstance, decode(message));
    }

    private byte[] encode(AcceptedContext context, DataSet dataSet) {
        return dataSet.isEmpty()
                ? Message.NO_DATA_SET
                : new DataSetCodec(context.transferSyntax(), profile.limits().codec()).encode(dataSet);
    }

    private DataSet decode(Message message) {
        return message.dataSet().length == 0
                ? DataSet.empty()
                : new DataSetCodec(
                                message.context().transferSyntax(),
                                profile.limits().codec())
                        .decode(message.dataSet());
    }

    /** Takes C-FIND responses until the final one. */
    private final class FindCollector {

        private final AcceptedContext context;
        private final int maxMatches;
        private final List<DataSet> matches = new ArrayList<>();
        private DimseStatus status = DimseStatus.PENDING;
        private boolean cancelled;
        private @Nullable DicomDataException undecodable;

        FindCollector(AcceptedContext context, int maxMatches) {
            this.context = context;
            this.maxMatches = maxMatches;
        }

        boolean take(Message message) {
            status = ((Response) message.command()).status();
            if (!status.isPending()) {
                return false;
            }
            if (!cancelled) {
                collect(message);
                if (matches.size() >= maxMatches || undecodable != null) {
                    cancelled = true;
                    requests.cancel(context);
                }
            }
            return true;
        }

        private void collect(Message message) {
            try {
                matches.add(decode(message));
            } catch (DicomDataException e) {
                undecodable = e;
            }
        }

        FindResult result() {
            DicomDataException failure = undecodable;
            if (failure != null) {
                throw failure;
            }
            return new FindResult(matches, status);
        }
    }
}
