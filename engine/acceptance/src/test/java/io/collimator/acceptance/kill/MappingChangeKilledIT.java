package io.collimator.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.acceptance.peer.FreePort;
import io.collimator.engine.cli.remote.RemoteEngine;
import io.collimator.engine.cli.remote.RemoteEngineException;
import io.collimator.mapping.MappingFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL between the commit of a mapping version and the first of its files: the next start runs the whole of it. */
class MappingChangeKilledIT {

    private static final String STATIONS = "mapping/tables/stations.csv";

    @TempDir
    private Path folder;

    @Test
    void killed_between_the_commit_and_the_files_the_next_start_finishes_the_change() {
        // given
        Map<String, String> settings = new HashMap<>();
        for (String listener : List.of("mllp", "dicom", "http", "jms")) {
            settings.put("collimator." + listener + ".port", String.valueOf(FreePort.choose()));
        }
        TestHome home = TestHome.create(folder).withStation("CT", "CT1");
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("comment", "to CT2");
        ObjectNode files = body.putObject("files");
        MappingFiles.read(home.root().resolve("mapping"))
                .with("tables/stations.csv", "from,to\nCT,CT2\n")
                .texts()
                .forEach(files::put);

        // when
        try (EngineProcess mortal = EngineProcess.start(home.root(), KillPoint.AFTER_MAPPING_COMMIT, settings)) {
            RemoteEngine engine = new RemoteEngine(
                    "http://127.0.0.1:" + settings.get("collimator.http.port"),
                    home.read("data/admin.password").strip());
            assertThatThrownBy(() -> engine.post("/api/mapping", body)).isInstanceOf(RemoteEngineException.class);
            assertThat(mortal.awaitExit()).isEqualTo(137);
        }
        assertThat(home.read(STATIONS)).contains("CT,CT1");

        // then
        try (EngineUnderTest engine = EngineUnderTest.start(home, settings)) {
            assertThat(home.read(STATIONS)).isEqualTo("from,to\nCT,CT2\n");
            assertThat(engine.api().get("/api/mapping/versions").body())
                    .contains("\"running\":2", "\"comment\":\"to CT2\"")
                    .doesNotContain("\"version\":3");
        }
    }
}
