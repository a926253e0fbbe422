package io.collimator.engine.wiring;

import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.util.function.Function;

/** Tells after every commit, so that the relay need not ask the outbox all the time. */
final class SignallingTransactions extends Transactions {

    private final Transactions store;
    private volatile Runnable signal = () -> {};

    SignallingTransactions(Transactions store) {
        this.store = store;
    }

    /** @param action must not block */
    void afterCommit(Runnable action) {
        signal = action;
    }

    /** For the one who is told: what it marks as sent is no news to it. */
    Transactions unsignalled() {
        return store;
    }

    @Override
    public <T> Committed<T> write(Function<Session, T> work) {
        Committed<T> committed = store.write(work);
        signal.run();
        return committed;
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        return store.read(work);
    }
}
