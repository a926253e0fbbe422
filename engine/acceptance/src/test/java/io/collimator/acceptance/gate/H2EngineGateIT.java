package io.collimator.acceptance.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

/** The engine gate on the default database. */
class H2EngineGateIT extends EngineGateContract {

    /** As in production: after a kill in the middle of a BLOB H2 asserts at its close that there is none left over. */
    @BeforeAll
    static void withoutAssertionsOfH2() {
        H2EngineGateIT.class.getClassLoader().setPackageAssertionStatus("org.h2", false);
    }

    @Override
    Map<String, String> database() {
        return Map.of();
    }

    /** A copy: the file itself ages under the engine alone. */
    @Override
    Connection read(Path home) throws IOException, SQLException {
        Path copy = home.resolveSibling("copy.mv.db");
        Files.copy(home.resolve("data/collimator.mv.db"), copy, StandardCopyOption.REPLACE_EXISTING);
        return DriverManager.getConnection("jdbc:h2:file:" + home.resolveSibling("copy"), "collimator", "");
    }
}
