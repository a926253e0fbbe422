package io.collimator.acceptance.intake;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Results on H2. */
class H2ResultsIT extends ResultsContract {

    @TempDir
    private static Path folder;

    @BeforeAll
    static void open() {
        open(folder, Map.of());
    }

    @AfterAll
    static void closeAll() {
        close();
    }
}
