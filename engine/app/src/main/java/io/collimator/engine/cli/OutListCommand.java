package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.engine.cli.view.OutText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What waits to go out. */
@Command(
        name = "list",
        description = "Lists what waits for which destination, since when and why, and the dead letters.")
final class OutListCommand implements Callable<Integer> {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final EngineOption engine = new EngineOption();

    @Parameters(arity = "0..1", paramLabel = "DESTINATION", description = "Only this one; default: all.")
    private @Nullable String destination;

    @Option(names = "--json", description = "Print what the engine answers.")
    private boolean json;

    @Override
    public Integer call() {
        JsonNode answer = EngineOption.accepted(engine.engine().get("/api/out"));
        OutText text = new OutText(answer, destination);
        if (!text.isKnown()) {
            throw new CommandFailedException(
                    "There is no destination %s; there are: %s.".formatted(destination, text.names()));
        }
        if (json) {
            spec.commandLine().getOut().println(text.json().toPrettyString());
        } else {
            text.print(spec.commandLine().getOut());
        }
        return CommandLine.ExitCode.OK;
    }
}
