package io.collimator.acceptance.intake;

import io.collimator.acceptance.engine.EnginePostgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Appointments of several services on PostgreSQL. */
class PostgresBookedServicesIT extends BookedServicesContract {

    private static EnginePostgres database;

    @BeforeAll
    static void open(@TempDir Path folder) {
        database = EnginePostgres.start();
        use(IntakeHouse.open(folder, database.settings(Map.of()), home -> home));
    }

    @AfterAll
    static void stop() {
        close();
        database.close();
    }
}
