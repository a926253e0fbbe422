package io.collimator.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class HomeOptionTest {

    @Command
    static final class Anything {

        @CommandLine.Mixin
        private final HomeOption home = new HomeOption();
    }

    private static HomeOption parsed(String... words) {
        Anything command = new Anything();
        new CommandLine(command).parseArgs(words);
        return command.home;
    }

    @Test
    void the_option_goes_before_the_environment_and_that_before_the_checkout() {
        Map<String, String> environment = Map.of("COLLIMATOR_HOME", "/srv/house");

        assertThat(parsed("--home", "here").path(environment)).isEqualTo(Path.of("here"));
        assertThat(parsed().path(environment)).isEqualTo(Path.of("/srv/house"));
        assertThat(parsed().path(Map.of("COLLIMATOR_HOME", " "))).isEqualTo(Path.of("."));
        assertThat(parsed("--home", "here").asGiven()).isEqualTo(" --home here");
        assertThat(parsed().asGiven()).isEmpty();
    }
}
