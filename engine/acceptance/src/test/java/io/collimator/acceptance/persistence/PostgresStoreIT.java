package io.collimator.acceptance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.persistence.Database;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientRecord;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.worklist.ScheduledStep;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The store on PostgreSQL. */
class PostgresStoreIT extends StoreContract {

    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void notices_of_an_accession_keep_their_order_when_two_engines_write_by_turns() {
        Accession accession = accession("TURNS-1", "PL-T1", "FI-T1");
        List<UUID> commits = new ArrayList<>();

        try (Database other = server.another()) {
            database().transactions().run(session -> session.accessions().save(accession));
            for (int turn = 0; turn < 10; turn++) {
                Transactions engine = turn % 3 == 0 ? database().transactions() : other.transactions();
                engine.run(session -> {
                    session.accessions().lock(accession.number());
                    UUID id = nextId();
                    commits.add(id);
                    session.outbox().add(notice(id, accession.number()));
                });
            }
        }

        assertThat(database()
                        .transactions()
                        .<List<OutboxMessage>>read(session -> session.outbox().pending(10_000)))
                .filteredOn(message -> accession.number().equals(message.accession()))
                .extracting(OutboxMessage::id)
                .containsExactlyElementsOf(commits);
    }

    /** More steps than numbers are drawn at a time; drawing is a matter of one thread at a time in the whole engine. */
    @Test
    void numbers_are_drawn_while_another_transaction_holds_a_row_that_waits_to_be_inserted() throws Exception {
        // given
        PatientRecord patient = PatientRecord.unknown(new PatientId("DRAW-1", "NORTH"));
        Accession accession = accession("DRAW-1", "PL-D1", "FI-D1");
        CountDownLatch drawn = new CountDownLatch(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        Runnable order = () -> database().transactions().run(session -> {
            boolean known = !session.patients().lock(List.of(patient.id())).isEmpty();
            // what is known to be new is not asked for again: the patient's row waits
            session.accessions().lock(accession.number());
            if (!known) {
                session.patients().add(patient);
            }
            session.accessions().save(accession);
            for (int step = 0; step < 60; step++) {
                session.scheduledSteps().save(step(accession.number(), "SPS-" + step, "DOE^JOHN"));
            }
            drawn.countDown();
        });

        // when
        Future<?> placed = database()
                .transactions()
                .write(session -> {
                    session.patients().add(patient);
                    // a question sends what was added
                    assertThat(session.patients().find(patient.id())).contains(patient);
                    Future<?> started = other.submit(order);
                    await(drawn);
                    return started;
                })
                .value();
        placed.get(60, TimeUnit.SECONDS);
        other.shutdownNow();

        // then
        assertThat(database()
                        .transactions()
                        .<List<ScheduledStep>>read(
                                session -> session.scheduledSteps().ofAccession(accession.number())))
                .hasSize(60);
    }

    @Override
    Database database() {
        return server.database();
    }
}
