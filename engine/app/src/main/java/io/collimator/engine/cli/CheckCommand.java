package io.collimator.engine.cli;

import io.collimator.engine.config.ConfigurationException;
import io.collimator.engine.config.Problem;
import io.collimator.engine.wiring.HomeContents;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Whether an engine would start with a home. */
@Command(
        name = "check",
        description = "Validates routes, mapping, tables, peers and settings without starting listeners.")
final class CheckCommand implements Callable<Integer> {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            HomeContents contents = HomeContents.load(home.path(), System.getenv(), Map.of());
            print(out, "warning", contents.warnings());
            out.printf(
                    "No errors: %d route files, %d kinds of messages mapped, %d peers, %d warnings.%n",
                    contents.routes().size(),
                    contents.mapping().kinds().size(),
                    contents.peers().all().size(),
                    contents.warnings().size());
            return CommandLine.ExitCode.OK;
        } catch (ConfigurationException e) {
            print(out, "error", e.problems());
            out.printf("%d %s.%n", e.problems().size(), e.problems().size() == 1 ? "error" : "errors");
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static void print(PrintWriter out, String severity, List<Problem> problems) {
        problems.forEach(problem -> out.println(severity + ": " + problem));
    }
}
