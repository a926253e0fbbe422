package io.collimator.acceptance;

import io.collimator.acceptance.engine.EnginePostgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What waits aside is in PostgreSQL. */
class PostgresUnwillingReceiverIT extends UnwillingReceiverContract {

    @TempDir
    private static Path folder;

    private static EnginePostgres database;

    @BeforeAll
    static void open() {
        database = EnginePostgres.start();
        open(folder, database.settings(Map.of()));
    }

    @AfterAll
    static void closeAll() {
        close();
        database.close();
    }
}
