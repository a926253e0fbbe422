package io.collimator.acceptance.persistence;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The H2 file that version 0.1 wrote. */
class H2MigratedStoreIT extends MigratedStoreContract {

    @TempDir
    private static Path folder;

    private static MigratedStore store;

    @BeforeAll
    static void open() throws IOException, SQLException {
        store = MigratedStore.onH2(folder);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Override
    MigratedStore store() {
        return store;
    }
}
