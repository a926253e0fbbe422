package io.collimator.acceptance.persistence;

import io.collimator.persistence.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/** A PostgreSQL of its own with an empty store on it. */
final class PostgresServer implements AutoCloseable {

    private final EmbeddedPostgres server;
    private final Database database;

    private PostgresServer(EmbeddedPostgres server, Database database) {
        this.server = server;
        this.database = database;
    }

    static PostgresServer start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder().start();
            return new PostgresServer(
                    server,
                    Database.open(
                            Patience.settings(server.getJdbcUrl("postgres", "postgres"), "postgres"),
                            Clock.systemUTC()));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be started.", e);
        }
    }

    /** One more engine on the same store; the caller closes it. */
    Database another() {
        return Database.open(
                Patience.settings(server.getJdbcUrl("postgres", "postgres"), "postgres"), Clock.systemUTC());
    }

    /** One of its own, beside the engine's. */
    Connection connection() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop.", e);
        }
    }
}
