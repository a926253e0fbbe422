package io.collimator.persistence;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops statements that nobody waits for any more: a thread that runs one cannot look by itself. Thread-safe. */
final class CancelWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CancelWatch.class);
    private static final long LOOK_EVERY_MILLIS = 50;

    private final ScheduledThreadPoolExecutor thread;

    CancelWatch() {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread watch = new Thread(task, "db-cancel");
            watch.setDaemon(true);
            return watch;
        });
        thread.setRemoveOnCancelPolicy(true);
    }

    /** Watches until the result is closed. */
    Watch watch(Statement statement, BooleanSupplier isCancelled) {
        Future<?> looking = thread.scheduleWithFixedDelay(
                () -> look(statement, isCancelled), LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return () -> looking.cancel(false);
    }

    private static void look(Statement statement, BooleanSupplier isCancelled) {
        if (isCancelled.getAsBoolean()) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                LOG.debug("A statement that nobody waits for could not be stopped; its time limit ends it", e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** A statement under watch. */
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
