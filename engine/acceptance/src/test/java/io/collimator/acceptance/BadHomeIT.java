package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.TestHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A home that is not in order: the engine does not start and says where and what to do. */
class BadHomeIT {

    private static final String ORDERS = "routes/10-accept-orders.camel.yaml";

    @TempDir
    private Path folder;

    static Stream<Arguments> brokenHomes() {
        return Stream.of(
                broken("route that is no YAML", home -> home.write(ORDERS, "- route: [\n"), ORDERS),
                broken(
                        "route with a component that is not allowed",
                        home -> home.write("routes/90-list-files.camel.yaml", """
                                - route:
                                    id: list-files
                                    description: Runs a command.
                                    from:
                                      uri: direct:list
                                      steps:
                                        - to:
                                            uri: exec:ls
                                """),
                        "routes/90-list-files.camel.yaml:"),
                broken(
                        "route to a queue that there is not",
                        home -> home.write(ORDERS, home.read(ORDERS) + "        - to: jms:queue:collimator.statuss\n"),
                        "Did you mean collimator.status?"),
                broken(
                        "queue with a name that no queue has",
                        home -> home.write("config/application.properties", "collimator.jms.queues=a,b c\n"),
                        "collimator.jms.queues"),
                broken(
                        "route without its intake step",
                        home -> home.write(ORDERS, home.read(ORDERS).replace("ref: orders", "ref: worklist")),
                        ORDERS),
                broken(
                        "mapping with an unknown attribute",
                        home -> home.write(
                                "mapping/definitions/patient-and-visit.yaml",
                                home.read("mapping/definitions/patient-and-visit.yaml")
                                        .replaceFirst("PatientBirthDate", "PatientBirthday")),
                        "PatientBirthday"),
                broken(
                        "table with a broken row",
                        home -> home.write("mapping/tables/stations.csv", "from,to\nCT\n"),
                        "mapping/tables/stations.csv:2"),
                broken(
                        "setting that is no number",
                        home -> home.write("config/application.properties", "collimator.mllp.max-connections=many\n"),
                        "config/application.properties:1"),
                broken(
                        "list where one archive is meant",
                        home -> home.write(
                                "config/application.properties", "# ours\ncollimator.archive = ARCHIVE,ARCHIVE2\n"),
                        "config/application.properties:2: collimator.archive = \"ARCHIVE,ARCHIVE2\": is a list where one AE title is meant"),
                broken(
                        "archive that nobody registered",
                        home -> home.write(
                                "config/archives.yaml", "archives:\n  ARCHIVE2: {sendingFacility: [EAST]}\n"),
                        "config/archives.yaml:2: archives.ARCHIVE2: is not registered"),
                broken(
                        "setting that does not exist",
                        home -> home.write("config/application.properties", "collimator.mllp.prot=2575\n"),
                        "collimator.mllp.prot"),
                broken(
                        "peer with a broken port",
                        home -> home.write(
                                "config/application-entities.yaml",
                                "applicationEntities:\n  CT1:\n    host: 127.0.0.1\n    port: 70000\n    services: [worklist]\n"),
                        "config/application-entities.yaml:4"));
    }

    @ParameterizedTest
    @MethodSource("brokenHomes")
    void the_engine_does_not_start_and_names_the_place(Consumer<TestHome> damage, String place) {
        TestHome home = TestHome.create(folder);
        damage.accept(home);

        assertThatThrownBy(() -> EngineUnderTest.start(home).close()).hasMessageContaining(place);
    }

    @Test
    void a_port_in_use_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            for (String setting : new String[] {"mllp", "dicom", "http", "jms"}) {
                assertThatThrownBy(() -> EngineUnderTest.start(
                                        TestHome.create(folder.resolve(setting)),
                                        Map.of("collimator." + setting + ".port", port))
                                .close())
                        .as(setting)
                        .hasMessageContaining(port)
                        .hasMessageContaining("collimator." + setting + ".port");
            }
        }
    }

    @Test
    void a_data_folder_is_held_by_one_engine() {
        TestHome home = TestHome.create(folder);
        try (EngineUnderTest first = EngineUnderTest.start(home)) {
            assertThatThrownBy(() -> EngineUnderTest.start(home).close())
                    .hasMessageContaining("is used by another engine");
            assertThat(first.api().get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    private static Arguments broken(String name, Consumer<TestHome> damage, String place) {
        return Arguments.of(Named.of(name, damage), place);
    }
}
