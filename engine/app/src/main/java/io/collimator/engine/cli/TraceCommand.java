package io.collimator.engine.cli;

import io.collimator.engine.cli.remote.RemoteEngine;
import io.collimator.engine.cli.view.AccessionText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a running engine knows of an accession. */
@Command(name = "trace", description = "Shows both states and the timeline of an accession, from a running engine.")
final class TraceCommand implements Callable<Integer> {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final EngineOption engine = new EngineOption();

    @Parameters(paramLabel = "ACCESSION", description = "Accession Number; case counts.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String accession;

    @Option(
            names = "--json",
            description = "Prints what GET /api/accessions/{accessionNumber} answers instead of a timeline.")
    private boolean json;

    @Override
    public Integer call() {
        RemoteEngine remote = engine.engine();
        String path = URLEncoder.encode(accession, StandardCharsets.UTF_8).replace("+", "%20");
        RemoteEngine.Answer answer = remote.get("/api/accessions/" + path);
        if (answer.status() == 404) {
            throw new CommandFailedException(
                    "Accession %s is not known at %s; case counts.".formatted(accession, remote.base()));
        } else if (!answer.isOk()) {
            throw new CommandFailedException(answer.detail());
        }
        if (json) {
            spec.commandLine().getOut().println(answer.json().toPrettyString());
        } else {
            new AccessionText(answer.json()).print(spec.commandLine().getOut());
        }
        return CommandLine.ExitCode.OK;
    }
}
