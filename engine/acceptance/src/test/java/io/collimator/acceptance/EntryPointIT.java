package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two scripts on a machine that lacks something: one clear line on stderr and exit code 1. */
class EntryPointIT {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final List<String> TOOLS =
            List.of("bash", "dirname", "readlink", "sed", "find", "head", "sort", "grep");

    @TempDir
    private Path tools;

    @ParameterizedTest
    @ValueSource(strings = {"bin/collimator", "bin/verify"})
    void a_missing_jdk_is_one_clear_line(String script) throws IOException, InterruptedException {
        List<String> said = run(script);

        assertThat(said).singleElement().asString().contains("JDK 17 or newer");
    }

    @Test
    void a_jdk_that_is_too_old_is_one_clear_line() throws IOException, InterruptedException {
        Path java = tools.resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\necho '    java.specification.version = 11' >&2\necho 'openjdk version \"11.0.1\"' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        List<String> said = run("bin/collimator");

        assertThat(said).singleElement().asString().contains("JDK 17 or newer").contains("11");
    }

    private List<String> run(String script) throws IOException, InterruptedException {
        for (String tool : TOOLS) {
            Path link = tools.resolve(tool);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, locate(tool));
            }
        }
        ProcessBuilder builder = new ProcessBuilder(
                        tools.resolve("bash").toString(), ROOT.resolve(script).toString(), "check")
                .redirectErrorStream(true);
        builder.environment().put("PATH", tools.toString());
        builder.environment().remove("JAVA_HOME");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(1);
        return output.lines().toList();
    }

    private static Path locate(String tool) {
        return List.of("/usr/bin", "/bin").stream()
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
