package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.engine.cli.view.ChangeText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a running engine the mapping back that it had. */
@Command(
        name = "rollback",
        description = "Makes an earlier version of the mapping the one that runs, checked anew, as a new version.")
final class RollbackCommand implements Callable<Integer> {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final EngineOption engine = new EngineOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "N",
            description = "Version, as \"collimator history\" lists it; default: the one before the one that runs.")
    private @Nullable Integer version;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why; kept in the history.")
    private String comment = "";

    @Option(names = "--dry-run", description = "Check and compare only; change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("to", version)
                .put("comment", comment)
                .put("dryRun", dryRun);
        return new ChangeText(
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr(),
                        "The version fails its golden cases by now; take the mapping over by hand and apply it.")
                .print(engine.engine().post("/api/mapping/rollback", body));
    }
}
