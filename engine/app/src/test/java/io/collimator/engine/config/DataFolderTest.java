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
    void a_folder_that_others_may_look_into_is_a_warning_with_the_fix() throws IOException {
        Path data = home.resolve("data");
        assertThat(DataFolder.openToOthers(data)).isEmpty();
        DataFolder.create(data);
        Path password = data.resolve("jms.password");
        new Secrets(new SecureRandom()).resolve("", password);
        assertThat(DataFolder.openToOthers(data)).isEmpty();

        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(DataFolder.openToOthers(data))
                .extracting(Problem::toString)
                .satisfiesExactly(
                        folder -> assertThat(folder).contains("rwxr-x---", "chmod 700 " + data),
                        secret -> assertThat(secret).contains("jms.password", "rw-r--r--", "chmod 600 " + password));
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
