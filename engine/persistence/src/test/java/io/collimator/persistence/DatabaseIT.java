package io.collimator.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import jakarta.persistence.PersistenceException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseIT {

    private static final Instant NOW = Instant.parse("2026-11-22T08:15:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final AccessionNumber NUMBER = new AccessionNumber("ACC1");

    @TempDir
    private Path folder;

    @Test
    void a_file_keeps_what_was_committed_and_not_what_failed() {
        // given
        ScheduledStep step = step("SPS1");
        try (Database database = open("jdbc:h2:file:" + folder.resolve("state"))) {
            database.transactions().run(session -> {
                session.accessions().save(accession());
                session.scheduledSteps().save(step);
            });
            assertThatThrownBy(() -> database.transactions().run(session -> {
                        session.scheduledSteps().save(step("SPS2"));
                        throw new IllegalStateException("the use case refused");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(database.kind()).isEqualTo(DatabaseKind.H2_FILE);
        }

        // when
        try (Database database = open("jdbc:h2:file:" + folder.resolve("state"))) {

            // then
            Optional<Accession> found =
                    database.transactions().read(session -> session.accessions().find(NUMBER));
            List<ScheduledStep> steps = database.transactions()
                    .read(session -> session.scheduledSteps().ofAccession(NUMBER));
            assertThat(found).contains(accession());
            assertThat(steps).containsExactly(step);
        }
    }

    @Test
    void who_loses_the_race_for_a_new_accession_runs_again_and_finds_it() throws Exception {
        // given
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CountDownLatch bothLooked = new CountDownLatch(2);
        AtomicInteger runs = new AtomicInteger();
        try (Database database = open("jdbc:h2:mem:race")) {

            // when
            Runnable create = () -> database.transactions().run(session -> {
                runs.incrementAndGet();
                if (session.accessions().lock(NUMBER).isEmpty()) {
                    bothLooked.countDown();
                    await(bothLooked);
                    session.accessions().save(accession());
                }
            });
            Future<?> one = threads.submit(create);
            Future<?> other = threads.submit(create);
            one.get(60, TimeUnit.SECONDS);
            other.get(60, TimeUnit.SECONDS);

            // then
            assertThat(runs).hasValue(3);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_race_that_is_lost_again_and_again_ends_as_a_store_that_cannot_now() {
        // given
        AtomicInteger runs = new AtomicInteger();
        try (Database database = open("jdbc:h2:mem:lost")) {

            // when / then
            assertThatThrownBy(() -> database.transactions().run(session -> {
                        runs.incrementAndGet();
                        throw new PersistenceException(new SQLException("deadlock", "40001"));
                    }))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("5 attempt");
            assertThat(runs).hasValue(5);
        }
    }

    @Test
    void a_table_that_is_gone_is_a_store_that_cannot_now() throws SQLException {
        try (Database database = open("jdbc:h2:mem:gone");
                Connection connection = DriverManager.getConnection("jdbc:h2:mem:gone", "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE timeline_entry");

            assertThatThrownBy(() -> database.transactions()
                            .read(session -> session.timeline().of(NUMBER)))
                    .isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> database.transactions()
                            .run(session ->
                                    session.timeline().add(new TimelineEntry(NUMBER, NOW, "order.scheduled", "x"))))
                    .isInstanceOf(StorageException.class);
        }
    }

    @Test
    void pauses_between_attempts_double_and_are_jittered() {
        // given
        List<Duration> pauses = new ArrayList<>();
        WriteRetry retry = new WriteRetry(5, Duration.ofMillis(20), () -> 0.5, pauses::add);

        // when
        for (int attempt = 1; attempt < 5; attempt++) {
            retry.pauseAfter(attempt);
        }

        // then
        assertThat(pauses).extracting(Duration::toMillis).containsExactly(15L, 30L, 60L, 120L);
    }

    @Test
    void a_store_that_is_down_says_so_and_names_what_to_check() {
        assertThatThrownBy(() -> open("jdbc:h2:file:" + folder.resolve("none") + ";IFEXISTS=TRUE"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("collimator.db.url");
    }

    @Test
    void an_embedded_file_is_written_through_at_each_commit_unless_its_url_says_otherwise() {
        assertThat(ConnectionPool.urlOf("jdbc:h2:file:x", DatabaseKind.H2_FILE, Duration.ofSeconds(5)))
                .isEqualTo(
                        "jdbc:h2:file:x;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;PAGE_SIZE=4096;RETENTION_TIME=10000;TRACE_LEVEL_FILE=0");
        assertThat(ConnectionPool.urlOf("jdbc:h2:file:x;write_delay=5", DatabaseKind.H2_FILE, Duration.ofSeconds(5)))
                .startsWith("jdbc:h2:file:x;write_delay=5;DB_CLOSE_ON_EXIT=FALSE");
        assertThat(ConnectionPool.urlOf("jdbc:h2:tcp://h/x", DatabaseKind.H2_SERVER, Duration.ofSeconds(5)))
                .isEqualTo("jdbc:h2:tcp://h/x;NETWORK_TIMEOUT=5000");
        assertThat(ConnectionPool.urlOf(
                        "jdbc:h2:tcp://h/x;NETWORK_TIMEOUT=7", DatabaseKind.H2_SERVER, Duration.ofSeconds(5)))
                .isEqualTo("jdbc:h2:tcp://h/x;NETWORK_TIMEOUT=7");
        assertThat(ConnectionPool.urlOf("jdbc:postgresql:x", DatabaseKind.POSTGRESQL, Duration.ofSeconds(5)))
                .isEqualTo("jdbc:postgresql:x");
    }

    @Test
    void names_of_an_older_version_are_folded_again() throws SQLException {
        // given
        String url = "jdbc:h2:mem:older;DB_CLOSE_DELAY=-1";
        try (Database database = open(url);
                Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            database.transactions().run(session -> {
                session.accessions().save(accession());
                session.scheduledSteps().save(step("SPS1"));
            });
            statement.execute("UPDATE scheduled_step_name SET name = 'ancient \u5C71' WHERE name LIKE '%\u5C71%'");
            // as the schema was before the names were folded again
            statement.execute("ALTER TABLE patient DROP COLUMN before_authorities");
            statement.execute("ALTER TABLE early_stop DROP COLUMN before_authorities");
            statement.execute("ALTER TABLE scheduled_step DROP COLUMN repeats");
            statement.execute("ALTER TABLE result_line DROP COLUMN reported_at");
            statement.execute("ALTER TABLE accession DROP COLUMN forgotten_at");
            statement.execute("ALTER TABLE patient DROP COLUMN unused_since");
            statement.execute("DROP INDEX result_line_advanced");
            statement.execute("DROP INDEX archive_transaction_created");
            statement.execute("ALTER TABLE result_line DROP COLUMN advanced_at");
            for (String table : List.of("held_message", "held_line", "paused_queue")) {
                statement.execute("DROP TABLE " + table);
            }
            statement.execute("DROP TABLE settled_notice");
            statement.execute("DROP TABLE used_broker");
            statement.execute("DROP TABLE patient_merge");
            statement.execute("DROP TABLE patient_merge_accession");
            statement.execute("ALTER TABLE exception_record DROP COLUMN closed_at");
            statement.execute("DROP TABLE open_exception");
            statement.execute("DROP TABLE sign_of_life");
            statement.execute("ALTER TABLE accession DROP COLUMN sent_fields");
            statement.execute("ALTER TABLE outbox DROP COLUMN sending_application");
            statement.execute("ALTER TABLE outbox DROP COLUMN sending_facility");
            statement.execute("ALTER TABLE archive_ask DROP COLUMN archive");
            statement.execute(
                    "DELETE FROM \"flyway_schema_history\" WHERE \"version\" IN ('7', '8', '9', '10', '11', '12', '13', '14', '16', '17', '18')");
        }

        // when
        try (Database database = open(url);
                Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery("SELECT name FROM scheduled_step_name ORDER BY name")) {

            // then
            List<String> found = new ArrayList<>();
            while (names.next()) {
                found.add(names.getString(1));
            }
            assertThat(found).containsExactly("doe^jorg", "\u5C71\u7530");
            assertThat(database.activeConnections()).isZero();
        }
    }

    private static Database open(String url) {
        return Database.open(DatabaseSettings.of(url, "sa", () -> ""), CLOCK);
    }

    private static Accession accession() {
        return new Accession(
                NUMBER,
                new Patient(new PatientId("PID-1", "NORTH"), "DOE^JÖRG", "19740312", "M"),
                new Uid("1.2.3"),
                "RP1",
                new OrderNumber("ORD-1", "RIS"),
                new OrderNumber("FIL-1", null),
                OrderStatus.SCHEDULED,
                ProcedureState.SCHEDULED,
                CustodyState.NONE);
    }

    private static ScheduledStep step(String stepId) {
        DataSet entry = Dictionary.dataSet()
                .put(Tags.AccessionNumber, "ACC1")
                .put(Tags.PatientName, "DOE^JÖRG=山田")
                .put(Tags.PatientID, "PID-1")
                .put(Tags.StudyInstanceUID, "1.2.3")
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.ScheduledStationAETitle, "CT1", "ct2")
                                .put(Tags.ScheduledProcedureStepStartDate, "20261122")
                                .put(Tags.Modality, "CT")
                                .put(Tags.ScheduledProcedureStepID, stepId)
                                .build())
                .build();
        return new ScheduledStep(NUMBER, stepId, 1, false, StepStatus.SCHEDULED, entry, NOW);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
