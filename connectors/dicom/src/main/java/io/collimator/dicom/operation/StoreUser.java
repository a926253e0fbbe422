package io.collimator.dicom.operation;

import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Sends instances with C-STORE (PS3.7 §9.1.1), as requests and as sub-operations of a C-GET of the peer. Thread-safe. */
final class StoreUser {

    private interface Exchanging {

        void exchange(OutgoingRequest request, BiPredicate<Reply, Runnable> responses);
    }

    private final AcceptedContexts contexts;
    private final RequestChannel requests;

    StoreUser(AcceptedContexts contexts, RequestChannel requests) {
        this.contexts = contexts;
        this.requests = requests;
    }

    DimseStatus store(StoredInstance instance, StoreOptions options) {
        return store(instance, options, requests::exchange);
    }

    /** As a sub-operation of the C-GET of the peer that is being answered. */
    DimseStatus storeAsSubOperation(StoredInstance instance, StoreOptions options) {
        return store(instance, options, requests::subOperation);
    }

    private DimseStatus store(StoredInstance instance, StoreOptions options, Exchanging exchanging) {
        AcceptedContext context = contexts.contextOf(instance.sopClass(), instance.transferSyntax());
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
