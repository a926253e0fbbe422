package io.collimator.acceptance.persistence;

import io.collimator.persistence.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Questions to archives on PostgreSQL. */
class PostgresArchiveAsksIT extends ArchiveAsksContract {

    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    Database database() {
        return server.database();
    }
}
