package io.collimator.persistence.gate;

import io.collimator.persistence.H2Compaction;
import io.collimator.persistence.H2File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;

/**
 * Writes transactions of two rows with a BLOB to a database by bare JDBC, until it is killed: eight threads, each with a
 * connection of its own to a file with the settings of the product, and the product's compaction beside them. What has committed is said on the standard output as {@code thread number}. Arguments: JDBC URL, and the
 * number that each thread begins with.
 */
public final class StoreWriter {

    static final int THREADS = 8;
    private static final int MAX_CONTENT = 6_000;

    private final H2File file;
    private final PrintStream out;

    private StoreWriter(String url, PrintStream out) {
        this.file = new H2File(url, "", "");
        this.out = out;
    }

    public static void main(String[] arguments) throws InterruptedException {
        StoreWriter writer =
                new StoreWriter(arguments[0], new PrintStream(System.out, false, StandardCharsets.US_ASCII));
        long from = Long.parseLong(arguments[1]);
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            threads[i] = new Thread(() -> writer.write(thread, from), "writer-" + i);
            threads[i].start();
        }
        CountDownLatch never = new CountDownLatch(1);
        H2Compaction compaction = new H2Compaction(Duration.ofMillis(20));
        // oftener than in production, so that a kill meets it
        while (!never.await(25, TimeUnit.MILLISECONDS)) {
            MVStore store = writer.file.store();
            if (store != null) {
                compaction.sweep(store);
            }
        }
    }

    private void write(int thread, long from) {
        Random random = new Random(thread * 31L + from);
        try (Connection connection = file.getConnection();
                PreparedStatement parent =
                        connection.prepareStatement("INSERT INTO parent (thread, number, content) VALUES (?, ?, ?)");
                PreparedStatement child =
                        connection.prepareStatement("INSERT INTO child (thread, number, state) VALUES (?, ?, ?)");
                PreparedStatement change =
                        connection.prepareStatement("UPDATE child SET state = ? WHERE thread = ? AND number = ?")) {
            connection.setAutoCommit(false);
            for (long number = from; ; number++) {
                byte[] content = new byte[random.nextInt(MAX_CONTENT)];
                random.nextBytes(content);
                parent.setInt(1, thread);
                parent.setLong(2, number);
                parent.setBytes(3, content);
                parent.executeUpdate();
                child.setInt(1, thread);
                child.setLong(2, number);
                child.setString(3, "NEW");
                child.executeUpdate();
                // an ageing file: pages of earlier rows are written again
                change.setString(1, "OLD");
                change.setInt(2, thread);
                change.setLong(3, Math.max(0, number - random.nextInt(200) - 1));
                change.executeUpdate();
                connection.commit();
                say(thread, number);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The writer could not write.", e);
        }
    }

    private synchronized void say(int thread, long number) {
        out.println(thread + " " + number);
        out.flush();
    }
}
