package io.collimator.acceptance.persistence;

import io.collimator.persistence.Database;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Questions to archives on an H2 file. */
class H2ArchiveAsksIT extends ArchiveAsksContract {

    @TempDir
    private static Path folder;

    private static Database database;

    @BeforeAll
    static void open() {
        database = Database.open(Patience.settings("jdbc:h2:file:" + folder.resolve("asks"), "sa"), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }
}
