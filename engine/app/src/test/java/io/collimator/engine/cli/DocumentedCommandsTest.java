package io.collimator.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/reference/commands.md lists is there. */
class DocumentedCommandsTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "reference", "commands.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)[ `]");

    @Test
    void every_command_of_the_page_has_help() throws IOException {
        List<String> commands = ROW.matcher(Files.readString(PAGE).split("## The same over HTTP", 2)[0])
                .results()
                .map(row -> row.group(1))
                .distinct()
                .toList();

        assertThat(commands).contains("run", "unmerge", "out").allSatisfy(command -> {
            StringWriter out = new StringWriter();
            assertThat(Main.run(new PrintWriter(out), new PrintWriter(out), command, "--help"))
                    .isZero();
            assertThat(out.toString()).startsWith("Usage: collimator " + command + " ");
        });
    }
}
