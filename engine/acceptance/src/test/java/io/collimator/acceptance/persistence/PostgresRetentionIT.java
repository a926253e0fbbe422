package io.collimator.acceptance.persistence;

import io.collimator.persistence.Database;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A year on PostgreSQL. */
class PostgresRetentionIT extends RetentionContract {

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

    @Override
    Connection connection() throws SQLException {
        return server.connection();
    }
}
