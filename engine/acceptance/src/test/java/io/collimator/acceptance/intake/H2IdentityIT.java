package io.collimator.acceptance.intake;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Numbers and who gave them, on H2. */
class H2IdentityIT extends IdentityContract {

    @TempDir
    private static Path folder;

    private static IntakeHouse house;

    @BeforeAll
    static void open() {
        house = IntakeHouse.open(folder, SETTINGS, IdentityContract::changed);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Override
    IntakeHouse house() {
        return house;
    }
}
