package io.collimator.dicom.operation;

import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.StoreHandler;
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstance;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Our side as the user of every service on one association. Thread-safe. */
public final class ServiceUsers {

    private final ServiceUser single;
    private final StoreUser store;
    private final QueryUser query;

    /**
     * @param receiving gets what takes the instances that the peer sends, and null when the usual handlers do again
     */
    public ServiceUsers(
            AcceptedContexts contexts,
            PeerDataSets dataSets,
            RequestChannel requests,
            Consumer<@Nullable StoreHandler> receiving) {
        this.single = new ServiceUser(contexts, dataSets, requests);
        this.store = new StoreUser(contexts, requests);
        this.query = new QueryUser(contexts, dataSets, requests, receiving);
    }

    /** C-STORE as a sub-operation of the C-GET of the peer that is being answered. */
    public DimseStatus storeAsSubOperation(StoredInstance instance, StoreOptions options) {
        return store.storeAsSubOperation(instance, options);
    }

    /** Of services with one response. */
    ServiceUser single() {
        return single;
    }

    StoreUser store() {
        return store;
    }

    /** Of services with many responses. */
    QueryUser query() {
        return query;
    }
}
