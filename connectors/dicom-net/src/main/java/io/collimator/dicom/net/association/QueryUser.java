package io.collimator.dicom.net.association;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CGetRq;
import io.collimator.dicom.dimse.DimseCommand.CMoveRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseCommand.Response;
import io.collimator.dicom.dimse.DimseCommand.RetrieveResponse;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.SubOperations;
import io.collimator.dicom.net.negotiation.AcceptedContext;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomAssociation.RetrieveResult;
import io.collimator.dicom.service.MatchConsumer;
import io.collimator.dicom.service.Query;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.StoreHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Our side as the user of services with many responses: C-FIND, C-MOVE and C-GET (PS3.7 §9.1.2 to §9.1.4). Thread-safe. */
final class QueryUser {

    private final AssociationProfile profile;
    private final OutgoingRequests requests;
    private final StoreResponder stores;
    private final AtomicBoolean getting = new AtomicBoolean();

    QueryUser(AssociationProfile profile, OutgoingRequests requests, StoreResponder stores) {
        this.profile = profile;
        this.requests = requests;
        this.stores = stores;
    }

    FindResult find(Uid sopClass, DataSet identifier, int maxMatches) {
        List<DataSet> matches = new ArrayList<>();
        DimseStatus status = find(Query.of(sopClass, identifier), match -> {
            matches.add(match);
            return matches.size() < maxMatches;
        });
        return new FindResult(matches, status);
    }

    DimseStatus find(Query query, MatchConsumer matches) {
        MatchTaker taker = new MatchTaker(matches);
        exchange(query, id -> new CFindRq(id, query.sopClass(), query.priority(), true), taker::take);
        return taker.result();
    }

    RetrieveResult move(Query query, AeTitle destination) {
        CounterTaker taker = new CounterTaker(query);
        exchange(
                query,
                id -> new CMoveRq(id, query.sopClass(), destination, query.priority(), true),
                (message, cancel) -> taker.take(message));
        return taker.result();
    }

    /** One at a time: the peer's C-STORE does not say to which C-GET it belongs. */
    RetrieveResult get(Query query, StoreHandler receiver) {
        if (!getting.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "A C-GET is under way on association %s; wait for its end.".formatted(profile.id()));
        }
        CounterTaker taker = new CounterTaker(query);
        try {
            stores.receiveWith(receiver);
            exchange(
                    query,
                    id -> new CGetRq(id, query.sopClass(), query.priority(), true),
                    (message, cancel) -> taker.take(message));
        } finally {
            stores.receiveWith(null);
            getting.set(false);
        }
        return taker.result();
    }

    private interface Taking {

        boolean take(Message message, Runnable cancel);
    }

    private void exchange(Query query, IntFunction<Request> command, Taking taking) {
        AcceptedContext context = profile.contextOf(query.sopClass(), ServiceRole.SCP);
        byte[] identifier = profile.encode(context, query.identifier());
        boolean answeredByRequests = command.apply(0) instanceof CGetRq;
        requests.exchange(
                new OutgoingRequest(context, command, identifier, null, query.cancel(), answeredByRequests),
                taking::take);
    }

    /** Takes C-FIND responses until the final one. */
    private final class MatchTaker {

        private final MatchConsumer matches;
        private DimseStatus status = DimseStatus.PENDING;
        private boolean stopped;
        private @Nullable DicomDataException undecodable;

        MatchTaker(MatchConsumer matches) {
            this.matches = matches;
        }

        boolean take(Message message, Runnable cancel) {
            status = statusOf(message);
            if (!status.isPending()) {
                return false;
            }
            if (!stopped && !wantsMore(message)) {
                stopped = true;
                cancel.run();
            }
            return true;
        }

        private boolean wantsMore(Message message) {
            try {
                return matches.accept(profile.decode(message));
            } catch (DicomDataException e) {
                undecodable = e;
                return false;
            }
        }

        DimseStatus result() {
            DicomDataException failure = undecodable;
            if (failure != null) {
                throw failure;
            }
            return status;
        }
    }

    /** Takes C-MOVE or C-GET responses until the final one. */
    private final class CounterTaker {

        private final Query query;
        private RetrieveResult result = new RetrieveResult(DimseStatus.PENDING, SubOperations.NONE, List.of());

        CounterTaker(Query query) {
            this.query = query;
        }

        boolean take(Message message) {
            DimseStatus status = statusOf(message);
            SubOperations counts = message.command() instanceof RetrieveResponse response
                    ? response.subOperations()
                    : SubOperations.NONE;
            if (status.isPending()) {
                query.progress().accept(counts);
                return true;
            }
            List<Uid> failed = profile.decode(message).texts(Tags.FailedSOPInstanceUIDList).stream()
                    .flatMap(uid -> Uid.parse(uid).stream())
                    .toList();
            result = new RetrieveResult(status, counts, failed);
            return false;
        }

        RetrieveResult result() {
            return result;
        }
    }

    private DimseStatus statusOf(Message message) {
        if (message.command() instanceof Response response) {
            return response.status();
        }
        throw new AssociationException(
                Kind.ABORTED, "A message of %s that is no response was taken for one.".formatted(profile.peer()), null);
    }
}
