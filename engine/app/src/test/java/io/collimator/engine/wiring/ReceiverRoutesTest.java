package io.collimator.engine.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.collimator.camel.allow.RouteFile;
import io.collimator.engine.config.ConfigurationException;
import io.collimator.engine.config.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverRoutesTest {

    private static final Path SHIPPED = Path.of("../..");
    private static final String ROUTE = "routes/70-deliver-to-receivers.camel.yaml";
    private static final String RECEIVERS = "config/receivers.yaml";

    @TempDir
    private Path folder;

    @BeforeEach
    void copyTheShippedHome() throws IOException {
        for (String part : List.of("routes", "mapping", "config")) {
            try (Stream<Path> files = Files.walk(SHIPPED.resolve(part))) {
                files.filter(file -> !file.toString().contains("target")
                                && !file.toString().contains("/src"))
                        .forEach(file -> copy(file, folder.resolve(SHIPPED.relativize(file))));
            }
        }
    }

    private static void copy(Path from, Path to) {
        try {
            if (Files.isDirectory(from)) {
                Files.createDirectories(to);
            } else {
                Files.copy(from, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_shipped_file_is_there_once_for_each_receiver_and_not_at_all_without() throws IOException {
        assertThat(load().routesToRun()).extracting(RouteFile::name).doesNotContain(ROUTE);
        assertThat(load().routes()).extracting(RouteFile::name).contains(ROUTE);
        write(RECEIVERS, """
                receivers:
                  WEST: {takes: status, host: west, port: 2576, template: status-orm-2.3.1}
                  EAST: {takes: results, host: east, port: 2577}
                """);

        List<String> texts = load().routesToRun().stream()
                .filter(file -> file.name().equals(ROUTE))
                .map(RouteFile::text)
                .toList();

        assertThat(texts).hasSize(2).noneMatch(text -> text.contains("{{receiver."));
        assertThat(texts.get(0))
                .contains("id: \"WEST\"", "jms:queue:collimator.status.WEST", "constant: \"status-orm-2.3.1\"");
        assertThat(texts.get(1)).contains("jms:queue:collimator.results.EAST", "host: \"east\"", "constant: \"\"");
    }

    @Test
    void a_placeholder_that_no_receiver_has_is_named_also_while_there_are_none() throws IOException {
        write(ROUTE, Files.readString(folder.resolve(ROUTE)).replace("{{receiver.port}}", "{{receiver.prot}}"));

        assertThat(problems()).singleElement().asString().contains(ROUTE, "{{receiver.prot}}", "{{receiver.port}}");
    }

    @Test
    void what_is_wrong_in_the_file_is_said_once_whatever_the_number_of_receivers() throws IOException {
        write(ROUTE, Files.readString(folder.resolve(ROUTE)).replace("method: accepted", "method: acepted"));
        int alone = problems().size();
        write(RECEIVERS, """
                receivers:
                  WEST: {takes: status, host: west, port: 2576}
                  EAST: {takes: status, host: east, port: 2577}
                """);

        assertThat(problems()).hasSize(alone).hasSize(1).first().asString().contains("acepted");
    }

    @Test
    void a_receiver_without_a_route_or_with_an_unknown_template_is_refused() throws IOException {
        write(RECEIVERS, "receivers: {WEST: {takes: status, host: west, port: 2576, template: status-orm-9}}");
        Files.delete(folder.resolve(ROUTE));

        assertThat(problems())
                .extracting(Problem::toString)
                .anySatisfy(one -> assertThat(one).contains("WEST", "status-orm-9", "status-orm-2.3.1"))
                .anySatisfy(one -> assertThat(one).contains("no route sends to", "70-deliver-to-receivers"));
    }

    @Test
    void a_receiver_that_is_called_like_a_route_is_refused() throws IOException {
        write(RECEIVERS, "receivers: {deliver-status: {takes: status, host: west, port: 2576}}");

        assertThat(problems())
                .extracting(Problem::toString)
                .anySatisfy(one -> assertThat(one).contains("deliver-status", "same id"));
    }

    private HomeContents load() {
        return HomeContents.load(folder, Map.of(), Map.of());
    }

    private List<Problem> problems() {
        return catchThrowableOfType(ConfigurationException.class, this::load).problems();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
