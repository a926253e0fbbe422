package io.collimator.acceptance.intake;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Steps on H2. */
class H2StepRulesIT extends StepRules {

    @BeforeAll
    static void open(@TempDir Path folder) {
        use(IntakeHouse.open(folder, SETTINGS, home -> home));
    }

    @AfterAll
    static void stop() {
        close();
    }
}
