package io.collimator.acceptance.gate;

import io.collimator.acceptance.engine.EnginePostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The engine gate on PostgreSQL, which itself is not killed. */
class PostgresEngineGateIT extends EngineGateContract {

    private static EnginePostgres postgres;

    @BeforeAll
    static void startPostgres() {
        postgres = EnginePostgres.start();
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @Override
    Map<String, String> database() {
        return postgres.settings(Map.of());
    }

    /** What the dead engine had sent is still worked on. */
    @Override
    Connection read(Path home) throws SQLException {
        Awaitility.await("the end of the dead engine's connections")
                .atMost(Duration.ofMinutes(1))
                .until(() -> postgres.connections() == 0);
        return postgres.connect();
    }
}
