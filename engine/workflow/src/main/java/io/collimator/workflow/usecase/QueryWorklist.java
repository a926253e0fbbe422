package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.worklist.WorklistFilter;
import io.collimator.workflow.worklist.WorklistMatches;
import io.collimator.workflow.worklist.WorklistProjection;
import io.collimator.workflow.worklist.WorklistQuery;
import io.collimator.workflow.worklist.WorklistSettings;
import java.time.Clock;

/** Answers a worklist query (PS3.4 §K.4.1.1). Thread-safe. */
public final class QueryWorklist {

    private static final int PAGE_SIZE = 200;

    private final Transactions transactions;
    private final Clock clock;
    private final WorklistSettings settings;

    public QueryWorklist(Transactions transactions, Clock clock, WorklistSettings settings) {
        this.transactions = transactions;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Starts a search; its first matches are there already.
     *
     * @param identifier the keys of the request, in Unicode
     * @throws io.collimator.workflow.worklist.MalformedKeyException when a key has a value that its VR does not allow
     * @throws io.collimator.workflow.port.StorageException when the store does not answer
     */
    public WorklistMatches find(DataSet identifier) {
        WorklistQuery query = WorklistQuery.of(identifier);
        WorklistFilter filter = query.filter(settings, clock.instant());
        int pageSize = Math.min(PAGE_SIZE, settings.maxResponses() + 1);
        return new WorklistMatches(
                query,
                new WorklistProjection(identifier),
                settings.maxResponses(),
                position -> transactions.read(
                        session -> session.scheduledSteps().page(filter, position.orElse(null), pageSize)));
    }
}
