package io.collimator.dicom.operation;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Uid;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Our side as the user of services with many responses: C-FIND, C-MOVE and C-GET (PS3.7 §9.1.2 to §9.1.4). Thread-safe. */
final class QueryUser {

    private final AcceptedContexts contexts;
    private final PeerDataSets dataSets;
    private final RequestChannel requests;
    private final Consumer<@Nullable StoreHandler> receiving;
    private final AtomicBoolean getting = new AtomicBoolean();

    /**
     * @param receiving gets what takes the instances that the peer sends, and null when the usual handlers do again
     */
    QueryUser(
            AcceptedContexts contexts,
            PeerDataSets dataSets,
            RequestChannel requests,
            Consumer<@Nullable StoreHandler> receiving) {
        this.contexts = contexts;
        this.dataSets = dataSets;
        this.requests = requests;
        this.receiving = receiving;
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
        exchange(
                query,
                SignOfLife.RESPONSE,
                id -> new CFindRq(id, query.sopClass(), query.priority(), true),
                taker::take);
        return taker.result();
    }

    RetrieveResult move(Query query, AeTitle destination) {
        CounterTaker taker = new CounterTaker(query);
        exchange(
                query,
                SignOfLife.ASSOCIATION,
                id -> new CMoveRq(id, query.sopClass(), destination, query.priority(), true),
                taker::take);
        return taker.result();
    }

    /** One at a time: the peer's C-STORE does not say to which C-GET it belongs. */
    RetrieveResult get(Query query, StoreHandler receiver) {
        if (!getting.compareAndSet(false, true)) {
            throw new IllegalStateException("A C-GET is under way on this association; wait for its end.");
        }
        CounterTaker taker = new CounterTaker(query);
        try {
            receiving.accept(receiver);
            exchange(
                    query,
                    SignOfLife.SUB_OPERATION,
                    id -> new CGetRq(id, query.sopClass(), query.priority(), true),
                    taker::take);
        } finally {
            receiving.accept(null);
            getting.set(false);
        }
        return taker.result();
    }

    private interface Taking {

        boolean take(AcceptedContext context, Reply reply, Runnable cancel);
    }

    private void exchange(Query query, SignOfLife signOfLife, IntFunction<Request> command, Taking taking) {
        AcceptedContext context = contexts.contextOf(query.sopClass(), ServiceRole.SCP);
        byte[] identifier = dataSets.encodeIfAny(context.transferSyntax(), query.identifier());
        requests.exchange(
                new OutgoingRequest(context, command, identifier, null, query.cancel(), signOfLife),
                (reply, cancel) -> taking.take(context, reply, cancel));
    }

    private DataSet decode(AcceptedContext context, Reply reply) {
        return dataSets.decodeIfAny(requests.syntaxOf(context), reply.dataSet());
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
                return matches.accept(decode(context, reply));
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
            List<Uid> failed = decode(context, reply).texts(Tags.FailedSOPInstanceUIDList).stream()
                    .flatMap(uid -> Uid.parse(uid).stream())
                    .toList();
            result = new RetrieveResult(status, counts, failed);
            return false;
        }

        RetrieveResult result() {
            return result;
        }
    }
}
