package io.collimator.engine.cli;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.cli.view.Counted;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.config.ConfigurationException;
import io.collimator.engine.config.Problem;
import io.collimator.engine.reload.SetCheck;
import io.collimator.engine.wiring.HomeContents;
import io.collimator.mapping.MappingCoverage;
import java.io.PrintWriter;
import java.util.ArrayList;
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
            List<Problem> warnings = new ArrayList<>(contents.warnings());
            contents.mapping().stationsBeside(stations(contents)).stream()
                    .map(HomeContents::problem)
                    .forEach(warnings::add);
            print(out, "warning", warnings);
            if (!contents.failedTrials().isEmpty()) {
                int exitCode = failed(out, contents.failedTrials());
                if (contents.failedTrials().stream()
                        .anyMatch(problem -> problem.field().equals(SetCheck.GOLDEN_CASE))) {
                    out.println(MappingCases.takeOver(home.asGiven()));
                }
                return exitCode;
            }
            print(out, MappingCases.coverage(contents.mapping(), stations(contents)));
            out.printf(
                    "No errors: %s, %s mapped, %s, %s, %s, %s.%n",
                    Counted.of(contents.routes().size(), "route file"),
                    Counted.of(contents.mapping().kinds().size(), "kind of message", "kinds of messages"),
                    Counted.of(contents.mapping().senders().all().size(), "sender"),
                    Counted.of(MappingCases.names(contents.mapping()).size(), "golden case"),
                    Counted.of(contents.peers().all().size(), "peer"),
                    Counted.of(warnings.size(), "warning"));
            return CommandLine.ExitCode.OK;
        } catch (ConfigurationException e) {
            return failed(out, e.problems());
        }
    }

    private static int failed(PrintWriter out, List<Problem> errors) {
        print(out, "error", errors);
        out.printf("%s.%n", Counted.of(errors.size(), "error"));
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
                "Coverage, by the golden cases: %s that no rule fills, %s and %s never hit, %s without a row, %s that no peer is (--coverage lists them).%n",
                Counted.of(keys, "key"),
                Counted.of(found.rulesNeverHit().size(), "rule"),
                Counted.of(found.rowsNeverHit().size(), "table row"),
                Counted.of(found.codesWithoutRow().size(), "code"),
                Counted.of(found.stationsWithoutPeer().size(), "station"));
    }

    private static void print(PrintWriter out, String severity, List<Problem> problems) {
        problems.forEach(problem -> out.println(severity + ": " + problem));
    }
}
