package io.collimator.acceptance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.persistence.Database;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.port.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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

    @Override
    Database database() {
        return server.database();
    }
}
