package io.collimator.persistence.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.persistence.H2File;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded database by itself, with the settings and the compaction of Collimator and nothing else of it: one ageing file is written by eight threads and its process killed
 * again and again. What committed is there, whole. A version of the database that fails here is none for us.
 * {@code -Dgate.kills} says how often: 5, 60 with {@code bin/verify -Pgates}; {@code -Dgate.url} adds to the JDBC URL.
 */
@Tag("store")
class StoreGateIT {

    private static final int KILLS = Integer.getInteger("gate.kills", 5);
    private static final long SEED = Long.getLong("gate.seed", System.nanoTime());
    private static final int LEAST_MILLIS = 150;
    private static final int SPREAD_MILLIS = 900;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private final Set<String> committed = new HashSet<>();

    /**
     * As in production, where nobody asserts: at its close H2 asserts that a BLOB which a kill left half written is not there,
     * and then removes it.
     */
    @BeforeAll
    static void withoutAssertionsOfH2() {
        StoreGateIT.class.getClassLoader().setPackageAssertionStatus("org.h2", false);
    }

    @Test
    void what_committed_survives_every_kill_and_is_whole() throws Exception {
        Random random = new Random(SEED);
        String url = "jdbc:h2:file:" + folder.resolve("store") + System.getProperty("gate.url", "");
        create(url);
        for (int kill = 1; kill <= KILLS; kill++) {
            writeUntilKilled(url, kill * 1_000_000L, LEAST_MILLIS + random.nextInt(SPREAD_MILLIS));
            check(url, kill);
        }
        System.out.printf(
                "store gate: %d kills, %d commits, nothing lost (-Dgate.seed=%d)%n", KILLS, committed.size(), SEED);
    }

    private static void create(String url) throws SQLException {
        try (Connection connection = new H2File(url, "", "").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE parent (thread INT, number BIGINT, content BLOB, PRIMARY KEY (thread, number))");
            statement.execute("CREATE TABLE child (thread INT, number BIGINT, state VARCHAR(8),"
                    + " FOREIGN KEY (thread, number) REFERENCES parent (thread, number))");
        }
    }

    private void writeUntilKilled(String url, long from, int millis) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreWriter.class.getName(),
                        url,
                        String.valueOf(from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = output.readLine();
            // from the first commit on: a start takes as long as it takes
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            for (; line != null; line = output.readLine()) {
                said.add(line);
                if (System.nanoTime() >= end) {
                    // by its handle: what it has said can still be read
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the writer ends").isTrue();
        assertThat(said).as("the writer commits before it is killed").isNotEmpty();
        committed.addAll(
                said.stream().filter(line -> line.matches("\\d \\d{7,}")).toList());
    }

    private void check(String url, int kill) throws SQLException {
        try (Connection connection = new H2File(url, "", "").getConnection();
                Statement statement = connection.createStatement()) {
            Set<String> lost = new HashSet<>(committed);
            try (ResultSet rows =
                    statement.executeQuery("SELECT p.thread, p.number, OCTET_LENGTH(p.content) FROM parent p"
                            + " JOIN child c ON c.thread = p.thread AND c.number = p.number")) {
                while (rows.next()) {
                    lost.remove(rows.getInt(1) + " " + rows.getLong(2));
                }
            }
            assertThat(lost)
                    .as("commits that are lost after kill %d, -Dgate.seed=%d, file %s", kill, SEED, folder)
                    .isEmpty();
            try (ResultSet torn = statement.executeQuery("SELECT COUNT(*) FROM parent p WHERE NOT EXISTS"
                    + " (SELECT 1 FROM child c WHERE c.thread = p.thread AND c.number = p.number)")) {
                torn.next();
                assertThat(torn.getLong(1))
                        .as("torn transactions after kill %d, -Dgate.seed=%d, file %s", kill, SEED, folder)
                        .isZero();
            }
        }
    }
}
