package io.collimator.engine.cli;

import io.collimator.engine.cli.remote.RemoteEngine;
import io.collimator.engine.cli.view.AccessionText;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a running engine knows of an accession. */
@Command(name = "trace", description = "Shows both states and the timeline of an accession, from a running engine.")
final class TraceCommand implements Callable<Integer> {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final EngineOption engine = new EngineOption();

    @Mixin
    private final AccessionOption accession = new AccessionOption();

    @Option(
            names = "--json",
            description = "Prints what GET /api/accessions/{accessionNumber} answers instead of a timeline.")
    private boolean json;

    @Override
    public Integer call() {
        RemoteEngine remote = engine.engine();
        RemoteEngine.Answer answer = remote.get(accession.path(""));
        if (answer.status() == 404) {
            throw new CommandFailedException(
                    "Accession %s is not known at %s; case counts.".formatted(accession.number(), remote.base()));
        }
        accession.require(answer);
        if (json) {
            spec.commandLine().getOut().println(answer.json().toPrettyString());
        } else {
            new AccessionText(answer.json()).print(spec.commandLine().getOut());
        }
        return CommandLine.ExitCode.OK;
    }
}
