package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.WorklistFilter;
import io.collimator.workflow.worklist.WorklistMatches;
import io.collimator.workflow.worklist.WorklistPage;
import io.collimator.workflow.worklist.WorklistProjection;
import io.collimator.workflow.worklist.WorklistQuery;
import io.collimator.workflow.worklist.WorklistRequest;
import io.collimator.workflow.worklist.WorklistSearch;
import io.collimator.workflow.worklist.WorklistSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers a worklist query (PS3.4 §K.4.1.1). Thread-safe. */
public final class QueryWorklist {

    private final Transactions transactions;
    private final Clock clock;
    private final WorklistSettings settings;

    public QueryWorklist(Transactions transactions, Clock clock, WorklistSettings settings) {
        this.transactions = transactions;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Searches, until everything is found or the request is cancelled; the store is let go when this returns.
     *
     * @throws io.collimator.workflow.worklist.MalformedKeyException when a key has a value that its VR does not allow
     * @throws io.collimator.workflow.worklist.TooManyMatchesException when the list would be too long
     * @throws io.collimator.workflow.port.StorageException when the store does not answer
     */
    public WorklistMatches find(WorklistRequest request) {
        WorklistQuery query = WorklistQuery.of(request.identifier());
        WorklistFilter filter = query.filter(settings, clock.instant());
        return transactions.read(session -> {
            WorklistSearch search = new WorklistSearch(request, query, settings);
            session.scheduledSteps().find(filter, search);
            return search.matches();
        });
    }

    /**
     * A part of a list, whole entries by start.
     *
     * @param next where the next part begins; empty when this is the last one
     */
    public record Part(List<DataSet> entries, Optional<WorklistPage.Position> next) {

        public Part {
            entries = List.copyOf(entries);
        }
    }

    /**
     * A part of what a query matches. It may be short, even empty, with more to come: no part looks at more than a page of
     * the store. What is changed between two parts may be seen twice or not at all.
     *
     * @param after where the part begins, null for the first one
     * @param size entries to look at; 1 or more
     * @throws io.collimator.workflow.worklist.MalformedKeyException when a key has a value that its VR does not allow
     * @throws io.collimator.workflow.port.StorageException when the store does not answer
     */
    public Part part(DataSet identifier, WorklistPage.@Nullable Position after, int size) {
        WorklistQuery query = WorklistQuery.of(identifier);
        WorklistFilter filter = query.filter(settings, clock.instant());
        WorklistPage page =
                transactions.read(session -> session.scheduledSteps().page(filter, after, size));
        List<DataSet> entries = new ArrayList<>();
        for (ScheduledStep step : page.steps()) {
            DataSet entry = step.entry();
            if (query.matches(entry)) {
                entries.add(WorklistProjection.whole(entry, settings.timeWhenOnlyADate()));
            }
        }
        return new Part(entries, page.next());
    }

    /**
     * How many steps the settings would show were they not too old ({@code collimator.worklist.hide-after-days}).
     *
     * @throws io.collimator.workflow.port.StorageException when the store does not answer
     */
    public long hidden() {
        WorklistFilter filter = WorklistQuery.of(DataSet.empty()).filter(settings, clock.instant());
        return transactions.read(session -> session.scheduledSteps().countHidden(filter));
    }
}
