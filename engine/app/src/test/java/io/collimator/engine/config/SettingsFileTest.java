package io.collimator.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsFileTest {

    private static final Path SHIPPED = Path.of("../../config/application.properties");

    @Test
    void the_shipped_file_lists_every_key_with_the_default_of_the_code() throws IOException {
        String text = SettingsFile.text();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(SHIPPED, text);
        }

        String shipped = Files.readString(SHIPPED);

        assertThat(shipped)
                .as("config/application.properties; update it with -Dgolden.update=true")
                .isEqualTo(text);
    }

    @Test
    void every_key_of_the_contract_is_there() {
        assertThat(SettingsFile.text())
                .contains(
                        "#collimator.mllp.bind-address = 127.0.0.1",
                        "#collimator.mllp.port = 2575",
                        "#collimator.dicom.bind-address = 127.0.0.1",
                        "#collimator.dicom.port = 11112",
                        "#collimator.dicom.ae-title = COLLIMATOR",
                        "#collimator.http.bind-address = 127.0.0.1",
                        "#collimator.http.port = 8080",
                        "#collimator.jms.bind-address = 127.0.0.1",
                        "#collimator.jms.port = 61616",
                        "#collimator.jms.url =\n",
                        "#collimator.jms.user = collimator",
                        "#collimator.jms.password =\n",
                        "#collimator.db.url =\n",
                        "#collimator.db.user =",
                        "#collimator.db.password =\n",
                        "#collimator.archive = ARCHIVE",
                        "#collimator.time-zone =\n",
                        "#collimator.worklist.visible-statuses = SCHEDULED,ARRIVED,READY",
                        "#collimator.worklist.hide-after-days = 30",
                        "#collimator.worklist.max-responses = 2000",
                        "#collimator.hl7.processing-ids = P",
                        "#collimator.data-dir = data",
                        "#collimator.custody.unmatched-after-minutes = 60");
    }
}
