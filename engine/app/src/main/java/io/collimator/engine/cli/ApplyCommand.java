package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.engine.cli.view.ChangeText;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives a running engine another mapping. */
@Command(
        name = "apply",
        description = {
            "Makes the mapping of a folder the one that runs, between two messages, and keeps it in the history.",
            "A broken mapping changes nothing. The engine writes what changed into its own home."
        })
final class ApplyCommand implements Callable<Integer> {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final EngineOption engine = new EngineOption();

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Home or mapping folder whose mapping is applied; default: the home.")
    private @Nullable Path from;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why; kept in the history.")
    private String comment = "";

    @Option(names = "--dry-run", description = "Check and compare only; change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        ObjectNode body = MappingSource.json(
                MappingSource.read(from == null ? engine.home().path() : from));
        body.put("comment", comment).put("dryRun", dryRun);
        return new ChangeText(
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr(),
                        MappingCases.takeOver(from == null ? engine.home().asGiven() : " --home " + from))
                .print(engine.engine().post("/api/mapping", body));
    }
}
