package io.collimator.acceptance.persistence;

import io.collimator.persistence.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A year on H2, in memory: what is forgotten does not depend on the disk. */
class H2RetentionIT extends RetentionContract {

    private static final String URL = "jdbc:h2:mem:retention";

    private static Database database;

    @BeforeAll
    static void open() {
        database = Database.open(Patience.settings(URL, "sa"), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }

    @Override
    Connection connection() throws SQLException {
        return DriverManager.getConnection(URL, "sa", "");
    }
}
