package io.collimator.acceptance.intake;

import io.collimator.acceptance.engine.EnginePostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Steps on PostgreSQL. */
class PostgresStepRulesIT extends StepRules {

    private static EnginePostgres database;

    @BeforeAll
    static void open(@TempDir Path folder) {
        database = EnginePostgres.start();
        use(IntakeHouse.open(folder, database.settings(SETTINGS), home -> home));
    }

    @AfterAll
    static void stop() {
        close();
        database.close();
    }
}
