package io.collimator.acceptance.intake;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The edge of the intake on H2. */
class H2EdgeOfIntakeIT extends EdgeOfIntakeContract {

    @TempDir
    private static Path folder;

    private static IntakeHouse house;

    @BeforeAll
    static void open() {
        house = IntakeHouse.open(folder, SETTINGS, EdgeOfIntakeContract::changed);
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
