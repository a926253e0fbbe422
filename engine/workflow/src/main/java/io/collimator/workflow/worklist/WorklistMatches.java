package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/**
 * The answers to a query, one by one. Pages are read as they are needed, so that a slow modality holds nothing; what is
 * changed meanwhile may or may not be seen. For one thread; {@link #close()} may come from any.
 */
public final class WorklistMatches implements Iterator<DataSet>, AutoCloseable {

    private final WorklistQuery query;
    private final WorklistProjection projection;
    private final int limit;
    private final Function<Optional<WorklistPage.Position>, WorklistPage> pages;
    private final Queue<DataSet> ready = new ArrayDeque<>();
    private Optional<WorklistPage.Position> position = Optional.empty();
    private int given;
    private volatile boolean closed;

    /**
     * Reads the first page.
     *
     * @param limit answers after which {@link #hasNext()} throws
     * @param pages the page that begins at a position, the first one without
     */
    public WorklistMatches(
            WorklistQuery query,
            WorklistProjection projection,
            int limit,
            Function<Optional<WorklistPage.Position>, WorklistPage> pages) {
        this.query = query;
        this.projection = projection;
        this.limit = limit;
        this.pages = pages;
        readPage();
    }

    /** FF01H instead of FF00H: a key of the request is not supported. */
    public boolean hasUnsupportedOptionalKeys() {
        return query.hasUnsupportedKeys();
    }

    /**
     * Whether there is another answer.
     *
     * @throws TooManyMatchesException when there is, and the limit is reached
     * @throws io.collimator.workflow.port.StorageException when the store does not answer
     */
    @Override
    public boolean hasNext() {
        while (!closed && ready.isEmpty() && position.isPresent()) {
            readPage();
        }
        if (closed || ready.isEmpty()) {
            return false;
        }
        if (given >= limit) {
            throw new TooManyMatchesException(limit);
        }
        return true;
    }

    @Override
    public DataSet next() {
        if (!hasNext()) {
            throw new NoSuchElementException("There is no further match; ask hasNext first.");
        }
        given++;
        return projection.of(ready.remove());
    }

    @Override
    public void close() {
        closed = true;
    }

    private void readPage() {
        WorklistPage page = pages.apply(position);
        position = page.next();
        for (ScheduledStep step : page.steps()) {
            DataSet entry = withStatus(step);
            if (query.matches(entry)) {
                ready.add(entry);
            }
        }
    }

    /** The entry with the status that the step has now. */
    private static DataSet withStatus(ScheduledStep step) {
        DataSet item = Dictionary.dataSet(step.dataSet().item(Tags.ScheduledProcedureStepSequence))
                .put(Tags.ScheduledProcedureStepStatus, step.status().name())
                .build();
        return step.dataSet()
                .with(new Element(Tags.ScheduledProcedureStepSequence, Vr.SQ, new Value.Items(List.of(item))));
    }
}
