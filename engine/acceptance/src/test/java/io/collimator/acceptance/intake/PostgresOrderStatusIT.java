package io.collimator.acceptance.intake;

import io.collimator.acceptance.engine.EnginePostgres;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Order statuses on PostgreSQL. */
class PostgresOrderStatusIT extends OrderStatusContract {

    private static EnginePostgres database;

    @BeforeAll
    static void start() {
        database = EnginePostgres.start();
        open(database.settings(Map.of()));
    }

    @AfterAll
    static void stop() {
        close();
        database.close();
    }
}
