package io.collimator.engine.wiring;

import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Transactions of which only so many run at a time, so that connections of the pool are left for what comes before them. Who
 * waits is served in order of arrival.
 */
final class SharedTransactions extends Transactions {

    private final Transactions store;
    private final Semaphore places;
    private final int most;
    private final Duration patience;

    /**
     * @param most at one time
     * @param patience how long work waits for its turn
     */
    SharedTransactions(Transactions store, int most, Duration patience) {
        this.store = store;
        this.places = new Semaphore(most, true);
        this.most = most;
        this.patience = patience;
    }

    @Override
    public <T> Committed<T> write(Function<Session, T> work) {
        return inTurn(() -> store.write(work));
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        return inTurn(() -> store.read(work));
    }

    private <T> T inTurn(Supplier<T> transaction) {
        try {
            if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StorageException(
                        "The store has not been asked: %d others of its kind were at work for %d s. Send again later."
                                .formatted(most, patience.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("The store has not been asked: the engine stops. Send again later.", e);
        }
        try {
            return transaction.get();
        } finally {
            places.release();
        }
    }
}
