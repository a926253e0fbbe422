package io.collimator.engine.cli;

import io.collimator.engine.cli.demo.Demo;
import io.collimator.engine.cli.demo.DemoFailedException;
import io.collimator.engine.cli.demo.Transcript;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One exam from order to custody. */
@Command(
        name = "demo",
        description = "Plays one exam over real sockets with simulated RIS, modality and archive, on throw-away state.")
final class DemoCommand implements Callable<Integer> {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        boolean colored = CommandLine.Help.Ansi.AUTO.enabled();
        try {
            new Demo(home.home(), new Transcript(spec.commandLine().getOut(), colored)).play();
            return CommandLine.ExitCode.OK;
        } catch (DemoFailedException e) {
            throw new CommandFailedException("the demo did not see what it expected: " + e.getMessage(), e);
        }
    }
}
