package io.collimator.persistence;

import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import java.util.function.Function;

/**
 * Writes nothing while nothing can be written, so that a sender has its answer at once and no transaction keeps a file open that
 * is to be opened anew.
 */
final class RefusingTransactions extends Transactions {

    private final Transactions store;
    private final Runnable mayWrite;

    /** @param mayWrite throws StorageException when nothing can be written now */
    RefusingTransactions(Transactions store, Runnable mayWrite) {
        this.store = store;
        this.mayWrite = mayWrite;
    }

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
