package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dcm4che.Replies.Reply;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CGetRq;
import io.collimator.dicom.dimse.DimseCommand.CMoveRq;
import io.collimator.dicom.dimse.DimseCommand.Request;
import io.collimator.dicom.dimse.DimseCommand.RetrieveResponse;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.SubOperations;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomAssociation.RetrieveResult;
import io.collimator.dicom.service.MatchConsumer;
import io.collimator.dicom.service.Query;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.StoreHandler;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Requests of ours that have many responses: C-FIND, C-MOVE and C-GET (PS3.7 §9.1.2 to §9.1.4). Thread-safe. */
final class Queries {

    private final Agreement agreement;
    private final OutgoingRequests requests;
    private final Requests codec;
    private final StoreResponder stores;
    private final AtomicBoolean getting = new AtomicBoolean();

    Queries(Agreement agreement, OutgoingRequests requests, Requests codec, StoreResponder stores) {
        this.agreement = agreement;
        this.requests = requests;
        this.codec = codec;
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
        exchange(query, id -> new CMoveRq(id, query.sopClass(), destination, query.priority(), true), taker::take);
        return taker.result;
    }

    /** One at a time: the peer's C-STORE does not say to which C-GET it belongs. */
    RetrieveResult get(Query query, StoreHandler receiver) {
        if (!getting.compareAndSet(false, true)) {
            throw new IllegalStateException("A C-GET is under way on this association; wait for its end.");
        }
        CounterTaker taker = new CounterTaker(query);
        try {
            stores.receiveWith(receiver);
            exchange(query, id -> new CGetRq(id, query.sopClass(), query.priority(), true), taker::take);
        } finally {
            stores.receiveWith(null);
            getting.set(false);
        }
        return taker.result;
    }

    private interface Taking {

        boolean take(AcceptedContext context, Reply reply, Runnable cancel);
    }

    private void exchange(Query query, IntFunction<Request> command, Taking taking) {
        AcceptedContext context = agreement.contextOf(query.sopClass(), ServiceRole.SCP);
        OutgoingRequest request = new OutgoingRequest(
                context,
                command,
                new ByteArrayInputStream(codec.encode(context, query.identifier())),
                query.cancel(),
                command.apply(0) instanceof CGetRq);
        requests.exchange(request, (reply, cancel) -> taking.take(context, reply, cancel));
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

        boolean take(AcceptedContext context, Reply reply, Runnable cancel) {
            status = reply.response().status();
            if (!status.isPending()) {
                return false;
            }
            if (!stopped && !wantsMore(context, reply)) {
                stopped = true;
                cancel.run();
            }
            return true;
        }

        private boolean wantsMore(AcceptedContext context, Reply reply) {
            try {
                return matches.accept(codec.decode(context, reply));
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

        boolean take(AcceptedContext context, Reply reply, Runnable cancel) {
            DimseStatus status = reply.response().status();
            SubOperations counts = reply.response() instanceof RetrieveResponse response
                    ? response.subOperations()
                    : SubOperations.NONE;
            if (status.isPending()) {
                query.progress().accept(counts);
                return true;
            }
            List<Uid> failed = codec.decode(context, reply).texts(Tags.FailedSOPInstanceUIDList).stream()
                    .flatMap(uid -> Uid.parse(uid).stream())
                    .toList();
            result = new RetrieveResult(status, counts, failed);
            return false;
        }
    }
}
