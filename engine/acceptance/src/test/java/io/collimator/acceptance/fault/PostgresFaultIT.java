package io.collimator.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.StorageException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store behind a network that fails: nobody waits longer than the time for an answer, and nothing is lost for good. */
class PostgresFaultIT {

    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    /** What a thread needs beside its waits, on a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static final int POOL = 4;

    private static EmbeddedPostgres server;

    private FaultProxy network;
    private Database database;
    private int number;

    @BeforeAll
    static void start_postgresql() throws IOException {
        // which it does not do by itself
        server = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    @AfterAll
    static void stop_postgresql() throws IOException {
        server.close();
    }

    @BeforeEach
    void open_the_store_through_the_network() {
        network = FaultProxy.to(server.getPort());
        database = Database.open(settings(ANSWER), Clock.systemUTC());
        write();
    }

    private DatabaseSettings settings(Duration answer) {
        return new DatabaseSettings(
                server.getJdbcUrl("postgres", "postgres")
                        .replace(":" + server.getPort() + "/", ":" + network.port() + "/"),
                "postgres",
                () -> "",
                POOL,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                answer);
    }

    @AfterEach
    void close_the_store() {
        database.close();
        network.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyone_is_answered_in_time_and_the_pool_is_whole_again(Outage outage) throws Exception {
        // given
        outage.strike(network);

        // when
        List<Duration> waited = manyAtOnce(POOL * 3);

        // then
        assertThat(waited).allSatisfy(time -> assertThat(time).isLessThan(ANSWER.plus(SLACK)));
        network.pass();
        await().atMost(RECOVERY).ignoreExceptions().untilAsserted(this::write);
        await().atMost(RECOVERY).untilAsserted(() -> {
            assertThat(database.activeConnections()).isZero();
            assertThat(threads("db-cancel")).isZero();
        });
        assertThat(manyAtOnce(POOL)).allSatisfy(time -> assertThat(time).isLessThan(ANSWER.plus(SLACK)));
    }

    @Test
    void a_connection_that_is_swallowed_in_the_middle_of_a_unit_of_work_lets_its_thread_go() {
        // when / then
        long began = System.nanoTime();
        assertThatThrownBy(() -> database.transactions().run(session -> {
                    session.timeline().add(entry());
                    network.swallowOld();
                    session.outbox().countPending();
                }))
                .isInstanceOf(StorageException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(ANSWER.plus(SLACK));
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(database.activeConnections()).isZero());
        write();
    }

    @Test
    void all_units_of_work_of_one_request_share_one_time() {
        // given
        network.swallowAll();

        // when
        long began = System.nanoTime();
        database.answerTime().since(System.nanoTime(), () -> {
            for (int unit = 0; unit < 5; unit++) {
                assertThatThrownBy(this::write).isInstanceOf(StorageException.class);
            }
            return Boolean.TRUE;
        });

        // then
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(ANSWER.plus(SLACK));
    }

    @Test
    void a_commit_that_the_standby_has_not_seen_is_no_receipt() throws SQLException {
        try (Database patient = Database.open(settings(Duration.ofSeconds(60)), Clock.systemUTC())) {
            // given a standby that never comes
            sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()");
            await().atMost(RECOVERY)
                    .until(() -> text("SHOW synchronous_standby_names").equals("nobody"));
            number++;

            // when somebody ends the wait for it
            assertThatThrownBy(() -> whileWaitsAreCancelled(() -> write(patient)))
                    .isInstanceOf(StorageException.class)
                    .hasRootCauseMessage("canceling wait for synchronous replication due to user request");
            // then no more is a repetition a receipt, which finds it and has nothing to write
            assertThatThrownBy(() -> whileWaitsAreCancelled(() -> writeNothing(patient)))
                    .isInstanceOf(StorageException.class);

            // and when the standby is no longer asked for, it is
            sql("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");
            await().atMost(RECOVERY)
                    .until(() -> text("SHOW synchronous_standby_names").isEmpty());
            writeNothing(patient);
        } finally {
            sql("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");
        }
        assertThat(text("SELECT count(*) FROM timeline_entry WHERE accession LIKE 'F" + number + "%'"))
                .isEqualTo("1");
    }

    private static void whileWaitsAreCancelled(Runnable work) {
        ScheduledExecutorService canceller = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> cancelling = canceller.scheduleWithFixedDelay(
                    () -> {
                        try {
                            sql("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
            work.run();
            cancelling.cancel(false);
        } finally {
            canceller.shutdown();
        }
    }

    @Test
    void what_the_url_says_stays() {
        try (Database other = Database.open(
                DatabaseSettings.of(
                        server.getJdbcUrl("postgres", "postgres") + "&tcpKeepAlive=false&socketTimeout=0",
                        "postgres",
                        () -> ""),
                Clock.systemUTC())) {
            write(other);
        }
    }

    private void write() {
        write(database);
    }

    private void write(Database to) {
        to.transactions().run(session -> session.timeline().add(entry()));
    }

    private void writeNothing(Database to) {
        to.transactions().run(session -> session.timeline().of(entry().accession()));
    }

    private TimelineEntry entry() {
        return new TimelineEntry(new AccessionNumber("F" + number), Instant.EPOCH, "test", "A fault is tried.");
    }

    /** How long each waited, whatever came of it. */
    private List<Duration> manyAtOnce(int count) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<Duration>> waiting = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                waiting.add(threads.submit(this::timed));
            }
            List<Duration> waited = new ArrayList<>();
            for (Future<Duration> one : waiting) {
                waited.add(one.get());
            }
            return waited;
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Duration timed() {
        long began = System.nanoTime();
        try {
            write();
        } catch (StorageException e) {
            // what is asked here is when it came
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static long threads(String name) {
        Thread[] all = new Thread[Thread.activeCount() + 50];
        int count = Thread.enumerate(all);
        return Stream.of(all)
                .limit(count)
                .filter(thread -> thread.getName().equals(name))
                .count();
    }

    private static void sql(String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String text(String query) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
