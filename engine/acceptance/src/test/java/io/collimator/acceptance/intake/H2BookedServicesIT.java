package io.collimator.acceptance.intake;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Appointments of several services on H2. */
class H2BookedServicesIT extends BookedServicesContract {

    @BeforeAll
    static void open(@TempDir Path folder) {
        use(IntakeHouse.open(folder, Map.of(), home -> home));
    }

    @AfterAll
    static void stop() {
        close();
    }
}
