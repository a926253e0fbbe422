package io.collimator.acceptance.intake;

import io.collimator.acceptance.engine.EnginePostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Numbers and who gave them, on PostgreSQL. */
class PostgresIdentityIT extends IdentityContract {

    @TempDir
    private static Path folder;

    private static EnginePostgres database;
    private static IntakeHouse house;

    @BeforeAll
    static void open() {
        database = EnginePostgres.start();
        house = IntakeHouse.open(folder, database.settings(SETTINGS), IdentityContract::changed);
    }

    @AfterAll
    static void close() {
        house.close();
        database.close();
    }

    @Override
    IntakeHouse house() {
        return house;
    }
}
