package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A merge of patient numbers taken back. */
@Command(
        name = "unmerge",
        description =
                "Takes a merge of patient numbers back, on a running engine: the number that was given up stands on its own again, with the accessions that it had. What came after the merge stays with the survivor and is listed.")
final class UnmergeCommand implements Callable<Integer> {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final EngineOption engine = new EngineOption();

    @Parameters(paramLabel = "ID", description = "The number that was given up (MRG-1).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String id;

    @Option(names = "--issuer", paramLabel = "AUTHORITY", description = "Who gave it: NORTH, or NORTH&1.2.3&ISO.")
    private @Nullable String issuer;

    @Override
    public Integer call() {
        JsonNode done = engine.post(
                "/api/patients/unmerge",
                JsonNodeFactory.instance.objectNode().put("id", id).put("issuer", issuer));
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "The number stands on its own again, with %d accessions.%n",
                done.path("back").size());
        done.path("back").forEach(accession -> out.println("  " + PatientCorrections.text(accession)));
        if (!done.path("staying").isEmpty()) {
            out.println("Came after the merge and stays with the survivor; look whose it is:");
            done.path("staying").forEach(accession -> out.println("  " + PatientCorrections.text(accession)));
        }
        return CommandLine.ExitCode.OK;
    }
}
