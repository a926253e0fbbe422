package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.engine.cli.remote.RemoteEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A person says where a step is done. */
@Command(
        name = "assign",
        description = "Gives the steps of an accession that are not begun their station, on a running engine.")
final class AssignCommand implements Callable<Integer> {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final EngineOption engine = new EngineOption();

    @Mixin
    private final AccessionOption accession = new AccessionOption();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "AE", description = "AE title of the station, or several.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<String> stations;

    @Option(names = "--step", paramLabel = "ID", description = "Only this step; default: all that are not begun.")
    private @Nullable String step;

    @Option(names = "--anyway", description = "Also an AE that is not registered for the worklist.")
    private boolean anyway;

    @Override
    public Integer call() {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("step", step).put("anyway", anyway);
        ArrayNode named = body.putArray("stations");
        stations.forEach(named::add);
        RemoteEngine.Answer answer = accession.require(engine.engine().post(accession.path("/stations"), body));
        List<String> steps = new ArrayList<>();
        answer.json().path("steps").forEach(assigned -> steps.add(assigned.asText()));
        spec.commandLine()
                .getOut()
                .printf(
                        "Accession %s: step %s at %s%n",
                        accession.number(), String.join(", ", steps), String.join(", ", stations));
        return CommandLine.ExitCode.OK;
    }
}
