package io.collimator.acceptance;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What waits aside is in H2. */
class H2UnwillingReceiverIT extends UnwillingReceiverContract {

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
