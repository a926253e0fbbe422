package io.collimator.engine.cli;

import io.collimator.engine.cli.view.HistoryText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which mappings ran. */
@Command(
        name = "history",
        description = "Lists the versions of the mapping of a running engine, newest first, or shows what one changed.")
final class HistoryCommand implements Callable<Integer> {

    private static final int MAX_LIMIT = 500;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final EngineOption engine = new EngineOption();

    @Parameters(arity = "0..1", paramLabel = "N", description = "Show the diff of this version to the one before.")
    private @Nullable Integer version;

    @Option(names = "--limit", paramLabel = "N", description = "Versions to list, at most 500; default: 20.")
    private int limit = 20;

    @Override
    public Integer call() {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--limit is %d; it goes from 1 to %d.".formatted(limit, MAX_LIMIT));
        }
        HistoryText text = new HistoryText(EngineOption.accepted(
                version == null
                        ? engine.engine().get("/api/mapping/versions?limit=" + limit)
                        : engine.engine().get("/api/mapping/versions/" + version)));
        if (version == null) {
            text.printList(spec.commandLine().getOut());
        } else {
            text.printVersion(spec.commandLine().getOut());
        }
        return CommandLine.ExitCode.OK;
    }
}
