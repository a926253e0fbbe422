package io.collimator.engine.console;

import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import java.util.function.Function;

/** A database that does not answer. */
final class DownTransactions extends Transactions {

    @Override
    public <T> Committed<T> write(Function<Session, T> work) {
        throw new StorageException("internal", new IllegalStateException());
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        throw new StorageException("internal", new IllegalStateException());
    }
}
