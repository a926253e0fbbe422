package io.collimator.acceptance.persistence;

import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Performed steps and custody on PostgreSQL. */
class PostgresCustodyStoreIT extends CustodyStoreContract {

    private static EmbeddedPostgres server;

    private static Database database;

    @BeforeAll
    static void open() throws IOException {
        server = EmbeddedPostgres.builder().start();
        database = Database.open(
                DatabaseSettings.of(server.getJdbcUrl("postgres", "postgres"), "postgres", () -> ""),
                Clock.systemUTC());
    }

    @AfterAll
    static void close() throws IOException {
        database.close();
        server.close();
    }

    @Override
    Database database() {
        return database;
    }
}
