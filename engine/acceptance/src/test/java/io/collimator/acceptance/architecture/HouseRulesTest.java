package io.collimator.acceptance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules on the sources that byte code does not show. */
class HouseRulesTest {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final int MAX_LINES = 500;

    @Test
    void no_class_is_over_500_lines() {
        assertThat(javaSources().filter(file -> lines(file).size() > MAX_LINES)).isEmpty();
    }

    @Test
    void no_test_is_switched_off_and_none_sleeps() {
        Pattern forbidden = Pattern.compile("@Dis" + "abled|assume" + "True|assume" + "False|Thread\\.sl" + "eep");

        assertThat(javaSources()
                        .filter(file -> file.toString().contains("/src/test/"))
                        .filter(file -> forbidden.matcher(text(file)).find()))
                .isEmpty();
    }

    /** A busy machine is no fault: what is waited for may take a minute, and what is over in time costs nothing. */
    @Test
    void every_test_that_waits_has_patience() {
        Pattern impatient = Pattern.compile(
                "\\bawait\\((?:[^()]|\\([^()]*\\))*\\)\\s*(?:\\.pollInterval\\([^;]{1,40}\\)\\s*)?\\.until"
                        + "|atMost\\(Duration\\.ofSeconds\\([12]?\\d\\)\\)"
                        + "|PATIENCE = Duration\\.ofSeconds\\([1-5]?\\d\\)"
                        + "|\\.(get|poll|await|awaitTermination|waitFor|orTimeout)\\([1-5]?\\d, TimeUnit\\.SECONDS\\)");

        assertThat(javaSources()
                        .filter(file -> file.toString().contains("/src/test/"))
                        .filter(file -> impatient.matcher(text(file)).find()))
                .isEmpty();
    }

    /** H2 takes the last result of a statement for that of other parameters when they stand in a WITH alone. */
    @Test
    void no_statement_has_a_with_clause() {
        Pattern with = Pattern.compile("\\bWITH\\s+\\w+\\s+AS\\s*\\(");

        assertThat(javaSources()
                        .filter(file -> file.toString().contains("/persistence/src/main/"))
                        .filter(file -> with.matcher(text(file)).find()))
                .isEmpty();
    }

    @Test
    void every_package_says_what_it_is_and_is_null_marked() {
        assertThat(javaSources()
                        .filter(file -> file.toString().contains("/src/main/java/"))
                        .map(Path::getParent)
                        .distinct()
                        .filter(folder -> {
                            Path info = folder.resolve("package-info.java");
                            return !Files.exists(info)
                                    || !text(info).contains("@NullMarked")
                                    || !text(info).startsWith("/**");
                        }))
                .isEmpty();
    }

    @Test
    void no_file_for_analysts_is_packed_into_a_jar() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            assertThat(files.filter(file -> file.toString().contains("/src/main/resources/"))
                            .filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".camel.yaml") || name.equals("application.properties")))
                    .isEmpty();
        }
    }

    @Test
    void the_compose_file_runs_the_broker_that_the_build_has() {
        assertThat(found("docker/compose.yaml", "image: apache/artemis:(\\S+)"))
                .isEqualTo(found("pom.xml", "<artemis.version>(.+)</artemis.version>"));
    }

    private static String found(String file, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text(ROOT.resolve(file)))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("nothing in " + file);
    }

    private static Stream<Path> javaSources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
