package io.collimator.workflow.port;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/** The unit of work. An abstract class, so that nobody but a store has the means to make a {@link CommitReceipt}. */
public abstract class Transactions {

    /**
     * Runs the work in one transaction and commits. The work may run again when it lost a race with another transaction
     * (unique key, lock), so it must not touch anything but its session.
     *
     * @throws StorageException when it cannot be committed, or when it is not known whether it was: the connection was lost
     *     at the commit, or the store warned that it committed less safely than it should. Either all of it is stored or
     *     nothing
     */
    public abstract <T> Committed<T> write(Function<Session, T> work);

    /** Like {@link #write} for work without a result. */
    public final CommitReceipt run(Consumer<Session> work) {
        return write(session -> {
                    work.accept(session);
                    return Boolean.TRUE;
                })
                .receipt();
    }

    /**
     * Runs the work in a read-only transaction.
     *
     * @throws StorageException when the store does not answer
     */
    public abstract <T> T read(Function<Session, T> work);

    /**
     * For a store that has committed, and for nobody else.
     *
     * @param value what the work brought
     * @param at when the commit was known to be done
     */
    protected static <T> Committed<T> committed(T value, Instant at) {
        return new Committed<>(value, new CommitReceipt(at));
    }

    /**
     * What a committed transaction brought.
     *
     * @param receipt proof of the commit
     */
    public record Committed<T>(T value, CommitReceipt receipt) {}
}
