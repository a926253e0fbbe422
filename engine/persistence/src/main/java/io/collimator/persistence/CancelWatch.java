package io.collimator.persistence;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops statements that nobody waits for any more: a thread that runs one cannot look by itself. To stop one needs the network,
 * which may hang, so that the thread that looks never does it. Thread-safe.
 */
final class CancelWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CancelWatch.class);
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final int MAX_CANCELLING = 32;
    private static final long KEEP_SECONDS = 5;

    private final ScheduledThreadPoolExecutor looking;
    private final ThreadPoolExecutor cancelling;

    CancelWatch() {
        looking = new ScheduledThreadPoolExecutor(1, daemon("db-watch"));
        looking.setRemoveOnCancelPolicy(true);
        cancelling = new ThreadPoolExecutor(
                0, MAX_CANCELLING, KEEP_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemon("db-cancel"));
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Watches until the result is closed. */
    Watch watch(Statement statement, BooleanSupplier isCancelled) {
        AtomicBoolean underWay = new AtomicBoolean();
        Future<?> look = looking.scheduleWithFixedDelay(
                () -> {
                    if (isCancelled.getAsBoolean() && underWay.compareAndSet(false, true)) {
                        act(() -> cancel(statement, underWay), () -> underWay.set(false));
                    }
                },
                LOOK_EVERY_MILLIS,
                LOOK_EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
        return () -> look.cancel(false);
    }

    /** Does it after a time, unless the result is cancelled before. */
    Future<?> after(long nanos, Runnable action) {
        return looking.schedule(() -> act(action, () -> again(action)), nanos, TimeUnit.NANOSECONDS);
    }

    private void again(Runnable action) {
        Future<?> unused = after(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS), action);
    }

    private void act(Runnable action, Runnable whenBusy) {
        try {
            cancelling.execute(action);
        } catch (RejectedExecutionException e) {
            LOG.debug("Too many statements are being stopped", e);
            whenBusy.run();
        }
    }

    private static void cancel(Statement statement, AtomicBoolean underWay) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOG.debug("A statement that nobody waits for could not be stopped; its time limit ends it", e);
        } finally {
            underWay.set(false);
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        cancelling.shutdownNow();
    }

    /** A statement under watch. */
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
