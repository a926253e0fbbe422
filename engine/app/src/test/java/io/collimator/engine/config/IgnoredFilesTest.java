package io.collimator.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoredFilesTest {

    @TempDir
    Path folder;

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "routes/80-x.yaml",
                "routes/80-x.yml",
                "routes/80-x.camel.yml",
                "routes/80-x.camel.xml",
                "routes/more/80-x.camel.yaml",
                "mapping/definitions/site.yml",
                "mapping/definitions/more/site.yaml",
                "mapping/tables/rooms.CSV",
                "mapping/tables/rooms.xlsx",
                "mapping/templates/status.txt.bak",
                "mapping/cases/one/expect.json",
                "mapping/cases/message.hl7",
                "mapping/sender.yaml",
                "config/application-entity.yaml",
                "config/application.yml",
                "config/aplication.properties"
            })
    void a_file_that_nobody_reads_is_named(String file) throws IOException {
        write(file);

        assertThat(IgnoredFiles.of(new Home(folder)))
                .singleElement()
                .satisfies(warning -> assertThat(warning.toString()).startsWith(file + ": is not read"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "routes/80-x.camel.yaml",
                "routes/README.md",
                "routes/.80-x.yaml.swp",
                "routes/80-x.camel.yaml~",
                "mapping/definitions/site.yaml",
                "mapping/tables/rooms.csv",
                "mapping/templates/status.hl7",
                "mapping/cases/one/message.hl7",
                "mapping/cases/one/expected.json",
                "mapping/senders.yaml",
                "mapping/schema/definition.schema.json",
                "config/application.properties",
                "config/logback.xml",
                "config/ris.password"
            })
    void what_is_read_or_stands_beside_is_not(String file) throws IOException {
        write(file);

        assertThat(IgnoredFiles.of(new Home(folder))).isEmpty();
    }

    @Test
    void what_was_meant_is_told() throws IOException {
        write("mapping/sender.yaml");

        assertThat(IgnoredFiles.of(new Home(folder)).get(0).fix()).contains("Did you mean senders.yaml?");
    }

    @Test
    void the_checkout_has_none() {
        assertThat(IgnoredFiles.of(new Home(Path.of("..", "..").toAbsolutePath().normalize())))
                .isEmpty();
    }
}
