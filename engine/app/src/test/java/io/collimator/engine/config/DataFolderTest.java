package io.collimator.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path home;

    @Test
    void only_its_owner_may_look_into_it() throws IOException {
        try (DataFolder folder = DataFolder.open(home.resolve("data"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void a_second_engine_is_refused_until_the_first_is_gone() {
        Path data = home.resolve("data");

        try (DataFolder first = DataFolder.open(data)) {
            assertThatThrownBy(() -> DataFolder.open(first.path()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("data folder " + data)
                    .hasMessageContaining("is used by another engine");
        }

        DataFolder.open(data).close();
    }

    @Test
    void a_password_is_made_once_for_its_owner_alone() throws IOException {
        Secrets secrets = new Secrets(new SecureRandom());
        Path file = home.resolve("admin.password");

        String made = secrets.resolve("", file);

        assertThat(made).hasSize(32);
        assertThat(secrets.resolve("", file)).isEqualTo(made);
        assertThat(secrets.resolve("configured", file)).isEqualTo("configured");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
