package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Picks the answers to a query from what a store finds. The first ones are kept ready to send; of a long list the others
 * stay as small as the store has them until their turn comes.
 */
public final class WorklistSearch implements EntryReader {

    private static final int KEPT_READY = 100;

    private final WorklistRequest request;
    private final WorklistQuery query;
    private final WorklistSettings settings;
    private final WorklistProjection projection;
    private final Queue<WorklistMatches.Answer> answers = new ArrayDeque<>();
    private int candidates;
    private boolean cut;

    public WorklistSearch(WorklistRequest request, WorklistQuery query, WorklistSettings settings) {
        this.request = request;
        this.query = query;
        this.settings = settings;
        this.projection = new WorklistProjection(request.identifier());
    }

    /**
     * Takes an entry in question.
     *
     * @throws TooManyMatchesException when it is one too many
     */
    @Override
    public boolean take(StoredEntry stored) {
        if (isCancelled()) {
            return false;
        }
        if (++candidates > settings.maxCandidateRows()) {
            throw TooManyMatchesException.candidates(settings.maxCandidateRows());
        }
        DataSet entry = stored.read();
        if (!query.matches(entry)) {
            return true;
        }
        if (answers.size() == settings.maxResponses()) {
            cut = true;
            if (!request.mayBeCut()) {
                throw TooManyMatchesException.matches(settings.maxResponses());
            }
            return false;
        }
        answers.add(new WorklistMatches.Answer(
                stored, answers.size() < KEPT_READY ? ready(entry) : () -> answer(stored.read())));
        return true;
    }

    /** One more than may be looked through, which tells that there are too many. */
    @Override
    public int maxEntries() {
        return settings.maxCandidateRows() + 1;
    }

    private Supplier<DataSet> ready(DataSet entry) {
        DataSet answer = answer(entry);
        return () -> answer;
    }

    private DataSet answer(DataSet entry) {
        return projection.of(StepStart.withTime(entry, settings.timeWhenOnlyADate()));
    }

    @Override
    public boolean isCancelled() {
        return request.isCancelled().getAsBoolean();
    }

    /** What was found so far. */
    public WorklistMatches matches() {
        return new WorklistMatches(answers, query.hasUnsupportedKeys(), cut);
    }
}
