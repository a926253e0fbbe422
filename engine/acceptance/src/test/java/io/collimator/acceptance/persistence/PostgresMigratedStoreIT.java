package io.collimator.acceptance.persistence;

import io.collimator.acceptance.engine.EnginePostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The rows that version 0.1 wrote, on PostgreSQL. */
class PostgresMigratedStoreIT extends MigratedStoreContract {

    @TempDir
    private static Path folder;

    private static EnginePostgres postgres;
    private static MigratedStore store;

    @BeforeAll
    static void open() throws IOException, SQLException {
        postgres = EnginePostgres.start();
        store = MigratedStore.onPostgres(folder, postgres);
    }

    @AfterAll
    static void close() {
        store.close();
        postgres.close();
    }

    @Override
    MigratedStore store() {
        return store;
    }
}
