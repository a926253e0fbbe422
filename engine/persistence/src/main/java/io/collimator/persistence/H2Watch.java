package io.collimator.persistence;

import com.zaxxer.hikari.HikariDataSource;
import io.collimator.workflow.port.StorageException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an H2 file small and open. H2 closes its file for good when a write fails. It is then opened for reading, so that lists
 * are answered, and for writing as soon as the disk takes data. What cannot be opened though the disk does is told to the one who
 * ends the process. One thread of its own; thread-safe.
 */
final class H2Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(H2Watch.class);

    private static final long LOOK_MILLIS = 250;
    /** Between two tries of the disk and two tries to open. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Failures of the file on a disk that takes data, none of them followed by a minute of work. */
    private static final int MAX_FAILURES = 5;

    private static final long SOUND_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long CLOSE_SECONDS = 10;
    /** For connections that were told to close. */
    private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long CLOSING_LOOK_MILLIS = 10;
    private static final int MAX_CAUSES = 20;

    private final H2File file;
    private final HikariDataSource pool;
    private final Consumer<String> end;
    private final H2Compaction compaction = new H2Compaction(Duration.ofSeconds(1));
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "collimator-h2-file");

    private volatile @Nullable String trouble;
    private int failures;
    private long lastTry;
    private long openSince = System.nanoTime();

    /** @param end told once, when the file cannot be opened though its disk takes data; must not block */
    H2Watch(H2File file, HikariDataSource pool, Consumer<String> end) {
        this.file = file;
        this.pool = pool;
        this.end = end;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Why nothing can be stored now; null when it can. */
    @Nullable
    String trouble() {
        String known = trouble;
        if (known == null && file.isClosed()) {
            return "The H2 file was closed by a failure a moment ago; it is opened again.";
        }
        return known;
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (failures < MAX_FAILURES && !stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            if (trouble != null) {
                if (System.nanoTime() - lastTry >= RETRY_NANOS) {
                    openForWriting();
                    lastTry = System.nanoTime();
                }
                return;
            }
            MVStore store = file.store();
            if (store != null && !store.isReadOnly()) {
                compaction.sweep(store);
            } else if (file.isClosed()) {
                closed();
            }
        } catch (RuntimeException e) {
            // a write of its own may fail as any other does; the next look sees what became of the file
            LOG.debug("A look after the H2 file failed.", e);
        }
    }

    private void closed() {
        MVStoreException cause = file.whatClosedIt();
        LOG.error(
                "A failure closed the H2 file ({}). Nothing can be stored until it is open again: orders are answered AR, lists from what is stored. See to its disk.",
                words(cause),
                cause);
        if (System.nanoTime() - openSince > SOUND_NANOS) {
            failures = 0;
        }
        if (!isOfTheDisk(cause)) {
            failed(words(cause));
        }
        becameUnwritable("The H2 file was closed by a failure (%s); it is opened again as soon as its disk takes data."
                .formatted(words(cause)));
        openForReading();
    }

    private void openForReading() {
        file.openFor(true);
        try {
            connectAnew();
            LOG.info("The H2 file is open for reading.");
        } catch (SQLException e) {
            LOG.debug("The H2 file cannot be opened for reading.", e);
        }
    }

    private void openForWriting() {
        try {
            file.tryDisk();
        } catch (IOException e) {
            LOG.debug("The disk takes no data.", e);
            if (file.isClosed()) {
                openForReading();
            }
            return;
        }
        file.openFor(false);
        try {
            connectAnew();
        } catch (SQLException e) {
            if (isStillInUse(e)) {
                LOG.debug("The H2 file is opened as soon as its last connection has ended.", e);
            } else {
                LOG.warn("The disk takes data, but the H2 file cannot be opened.", e);
                failed(String.valueOf(e.getMessage()));
            }
            openForReading();
            return;
        }
        LOG.info("The H2 file is open again; orders are stored.");
        openSince = System.nanoTime();
        trouble = null;
    }

    private boolean isStillInUse(SQLException failure) {
        return H2File.IN_USE.equals(failure.getSQLState())
                || pool.getHikariPoolMXBean().getActiveConnections() > 0;
    }

    /**
     * A connection that is in use ends with its transaction; the file is opened anew when the last one has. The first one is
     * no connection of the pool, which would wait for its time limit and not tell the cause.
     */
    private void connectAnew() throws SQLException {
        pool.getHikariPoolMXBean().softEvictConnections();
        try (Connection unused = firstConnection();
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT COUNT(*) FROM accession");
        }
    }

    /** Waits a moment for those that the pool closes by and by. */
    private Connection firstConnection() throws SQLException {
        long begin = System.nanoTime();
        while (true) {
            try {
                return file.getConnection();
            } catch (SQLException e) {
                if (!H2File.IN_USE.equals(e.getSQLState())
                        || System.nanoTime() - begin > CLOSING_NANOS
                        || isStopping()) {
                    throw e;
                }
                LOG.debug("The H2 file is still in use.", e);
            }
        }
    }

    /** Waits for the stop, for a moment. */
    private boolean isStopping() {
        try {
            return stop.await(CLOSING_LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void failed(String why) {
        failures++;
        if (failures == MAX_FAILURES) {
            String message =
                    "The H2 file cannot be used, though its disk takes data (%s). The engine ends; restore the file, or rebuild it as docs/how-to/change-the-version-of-h2.md says."
                            .formatted(why);
            LOG.error("{}", message);
            becameUnwritable(message);
            end.accept(message);
        }
    }

    private void becameUnwritable(String why) {
        lastTry = System.nanoTime();
        trouble = why;
    }

    /** @throws StorageException when nothing can be stored now, with the reason */
    void check() {
        String why = trouble();
        if (why != null) {
            MVStoreException cause = file.whatClosedIt();
            throw new StorageException(why, cause == null ? new IOException(why) : cause);
        }
    }

    private static boolean isOfTheDisk(@Nullable MVStoreException cause) {
        return cause != null
                && (cause.getErrorCode() == DataUtils.ERROR_WRITING_FAILED
                        || cause.getErrorCode() == DataUtils.ERROR_READING_FAILED);
    }

    private static String words(@Nullable MVStoreException cause) {
        if (cause == null) {
            return "no cause is known";
        }
        Throwable root = cause;
        Throwable deeper = cause.getCause();
        for (int depth = 0; deeper != null && depth < MAX_CAUSES; depth++) {
            root = deeper;
            deeper = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
