package io.collimator.persistence;

import com.zaxxer.hikari.HikariDataSource;
import io.collimator.workflow.port.AnswerTime;
import io.collimator.workflow.port.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps units of work within the time that a peer waits for an answer. The connection of one that is over it is aborted, so
 * that its thread goes on and its place in the pool is filled again. Thread-safe.
 */
final class AnswerLimit implements AnswerTime {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerLimit.class);

    /** Of work that is known to be long. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final long NANOS_OF_A_MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final Duration limit;
    private final HikariDataSource pool;
    private final CancelWatch cancelWatch;

    /** {@link System#nanoTime()} at which the request of a thread must have its answer. */
    @SuppressWarnings("ThreadLocalUsage") // one for each open store
    private final ThreadLocal<@Nullable Long> end = new ThreadLocal<>();

    AnswerLimit(Duration limit, HikariDataSource pool, CancelWatch cancelWatch) {
        this.limit = limit;
        this.pool = pool;
        this.cancelWatch = cancelWatch;
    }

    @Override
    public <T> T since(long arrived, Supplier<T> request) {
        return until(arrived + limit.toNanos(), request);
    }

    @Override
    public <T> T asLongAsItTakes(Supplier<T> work) {
        return until(System.nanoTime() + LONGEST.toNanos(), work);
    }

    private <T> T until(long instant, Supplier<T> work) {
        if (end.get() != null) {
            return work.get();
        }
        end.set(instant);
        try {
            return work.get();
        } finally {
            end.remove();
        }
    }

    /** A unit of work, which is a request of its own where no other one is there. */
    <T> T unit(Supplier<T> work) {
        return since(System.nanoTime(), () -> {
            if (left() <= 0) {
                throw new StorageException(
                        "The store has not been asked: the time for an answer (collimator.db.answer-timeout-seconds) was over before. Send again later.");
            }
            return work.get();
        });
    }

    /** Whether enough time is left to wait for a connection once more. */
    boolean allowsAnotherAttempt() {
        return left() >= pool.getConnectionTimeout() * NANOS_OF_A_MILLISECOND;
    }

    private long left() {
        Long known = end.get();
        return known == null ? limit.toNanos() : known - System.nanoTime();
    }

    /** Aborts the connection when the time is over; until the result is cancelled. */
    Future<?> watch(Connection connection) {
        return cancelWatch.after(left(), () -> abort(connection));
    }

    private void abort(Connection connection) {
        LOG.warn(
                "The database did not answer in time (collimator.db.answer-timeout-seconds is {}); the connection is given up.",
                limit.toSeconds());
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RejectedExecutionException e) {
            LOG.debug("A connection that does not answer could not be aborted", e);
        }
        pool.evictConnection(connection);
        doubtIdle();
    }

    /** Nobody got a connection in time: where some lay idle, they gave no sign of life. */
    void noConnection() {
        if (pool.getHikariPoolMXBean().getIdleConnections() > 0) {
            doubtIdle();
        }
    }

    /** What one connection met, those that lie in the pool may have met too: nobody else need find out by waiting. */
    private void doubtIdle() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }
}
