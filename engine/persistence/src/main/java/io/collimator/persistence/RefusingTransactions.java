package io.collimator.persistence;

import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import java.util.function.Function;

/**
 * Writes nothing while nothing can be written, so that a sender has its answer at once and no transaction keeps a file open that
 * is to be opened anew.
 *
 * @param mayWrite throws StorageException when nothing can be written now
 */
record RefusingTransactions(Transactions store, Runnable mayWrite) implements Transactions {

    /** @throws StorageException when nothing can be written now, with the reason */
    @Override
    public <T> Committed<T> write(Function<Session, T> work) {
        mayWrite.run();
        return store.write(work);
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        return store.read(work);
    }
}
