package io.collimator.engine.cli;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.config.ConfigurationException;
import io.collimator.engine.config.Problem;
import io.collimator.engine.wiring.HomeContents;
import io.collimator.mapping.MappingCoverage;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether an engine would start with a home. */
@Command(
        name = "check",
        description =
                "Validates routes, mapping, tables, senders, peers and settings without starting listeners, and runs the golden cases.")
final class CheckCommand implements Callable<Integer> {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final HomeOption home = new HomeOption();

    @Option(names = "--coverage", description = "List what the golden cases leave untried, instead of counting it.")
    private boolean coverage;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            HomeContents contents = HomeContents.load(home.path(), System.getenv(), Map.of());
            print(out, "warning", contents.warnings());
            if (!contents.failedCases().isEmpty()) {
                return failed(out, contents.failedCases());
            }
            print(out, MappingCases.coverage(contents.mapping(), stations(contents)));
            out.printf(
                    "No errors: %d route files, %d kinds of messages mapped, %d senders, %d golden cases, %d peers, %d warnings.%n",
                    contents.routes().size(),
                    contents.mapping().kinds().size(),
                    contents.mapping().senders().all().size(),
                    MappingCases.names(contents.mapping()).size(),
                    contents.peers().all().size(),
                    contents.warnings().size());
            return CommandLine.ExitCode.OK;
        } catch (ConfigurationException e) {
            return failed(out, e.problems());
        }
    }

    private static int failed(PrintWriter out, List<Problem> errors) {
        print(out, "error", errors);
        out.printf("%d %s.%n", errors.size(), errors.size() == 1 ? "error" : "errors");
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static Set<String> stations(HomeContents contents) {
        return contents.peers().all().stream()
                .map(ApplicationEntity::title)
                .map(AeTitle::value)
                .collect(Collectors.toSet());
    }

    private void print(PrintWriter out, MappingCoverage found) {
        if (coverage) {
            out.println("Coverage, by the golden cases:");
            found.lines().forEach(line -> out.println("  " + line));
            return;
        }
        int keys =
                found.keysWithoutRule().values().stream().mapToInt(List::size).sum();
        out.printf(
                "Coverage, by the golden cases: %d keys that no rule fills, %d rules and %d table rows never hit, %d codes without a row, %d stations that are no peer (--coverage lists them).%n",
                keys,
                found.rulesNeverHit().size(),
                found.rowsNeverHit().size(),
                found.codesWithoutRow().size(),
                found.stationsWithoutPeer().size());
    }

    private static void print(PrintWriter out, String severity, List<Problem> problems) {
        problems.forEach(problem -> out.println(severity + ": " + problem));
    }
}
