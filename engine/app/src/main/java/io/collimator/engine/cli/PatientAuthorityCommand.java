package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A person says who gave a number that was stored without an authority. */
@Command(
        name = "patient-authority",
        description =
                "Says which authority gave a patient ID that is stored without one, on a running engine. Messages that name the authority mean that patient from then on.")
final class PatientAuthorityCommand implements Callable<Integer> {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final EngineOption engine = new EngineOption();

    @Parameters(index = "0", paramLabel = "ID", description = "Patient ID; case counts.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String id;

    @Parameters(index = "1", paramLabel = "AUTHORITY", description = "Who gave it: NORTH, or NORTH&1.2.3&ISO.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String issuer;

    @Override
    public Integer call() {
        JsonNode done = engine.post(
                "/api/patients/authority",
                JsonNodeFactory.instance.objectNode().put("id", id).put("issuer", issuer));
        spec.commandLine()
                .getOut()
                .printf(
                        "The number is of authority %s now; %d accessions show it.%n",
                        issuer, done.path("accessions").size());
        return CommandLine.ExitCode.OK;
    }
}
