package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers to a query, one by one, by start. The store has been asked already and holds nothing for them: who takes
 * them slowly keeps no connection to the database, and all of them are of one moment. For one thread; {@link #close()}
 * may come from any.
 */
public final class WorklistMatches implements Iterator<DataSet>, AutoCloseable {

    private final Queue<Answer> answers;
    private final boolean unsupportedKeys;
    private final boolean cut;
    private final int count;
    private @Nullable Answer last;
    private volatile boolean closed;

    /** An answer, and the entry that it was made of. */
    record Answer(StoredEntry entry, Supplier<DataSet> dataSet) {}

    WorklistMatches(Queue<Answer> answers, boolean unsupportedKeys, boolean cut) {
        this.answers = new ArrayDeque<>(answers);
        this.unsupportedKeys = unsupportedKeys;
        this.cut = cut;
        this.count = answers.size();
    }

    /** FF01H instead of FF00H: a key of the request is not supported. */
    public boolean hasUnsupportedOptionalKeys() {
        return unsupportedKeys;
    }

    /** Whether there would be more, which the request did not want. */
    public boolean isCut() {
        return cut;
    }

    /** How many there are in all, those included that were taken already. */
    public int count() {
        return count;
    }

    @Override
    public boolean hasNext() {
        return !closed && !answers.isEmpty();
    }

    @Override
    public DataSet next() {
        if (!hasNext()) {
            throw new NoSuchElementException("There is no further match; ask hasNext first.");
        }
        Answer next = answers.remove();
        last = next;
        return next.dataSet().get();
    }

    /** The whole entry of the answer that was taken last, made anew at each call. */
    public DataSet entry() {
        if (last == null) {
            throw new NoSuchElementException("No answer was taken yet; call next first.");
        }
        return last.entry().read();
    }

    @Override
    public void close() {
        closed = true;
    }
}
