package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.engine.cli.view.EchoTable;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.peers.EchoResult;
import io.collimator.engine.peers.PeerEcho;
import io.collimator.engine.peers.PeersJson;
import io.collimator.engine.wiring.EngineParts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** C-ECHO to registered peers (PS3.4 Annex A), as the engine would call them. */
@Command(
        name = "echo",
        description = "Sends C-ECHO to registered peers: who answers, how fast, and what it would serve us.")
final class EchoCommand implements Callable<Integer> {

    /** Peers that are asked at a time: a silent one costs its time-out. */
    private static final int AT_A_TIME = 8;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final HomeOption home = new HomeOption();

    @Parameters(
            paramLabel = "AE",
            arity = "0..*",
            description = "AE titles of config/application-entities.yaml; default: all that have a host.")
    private List<String> titles = List.of();

    @Option(names = "--json", description = "Prints an array of results instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        List<ApplicationEntity> peers = peers();
        List<EchoResult> results = echo(peers);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            results.forEach(result -> array.add(PeersJson.of(result)));
            out.println(array.toPrettyString());
        } else {
            EchoTable table = new EchoTable();
            for (int i = 0; i < peers.size(); i++) {
                table.add(peers.get(i), results.get(i));
            }
            table.print(out);
        }
        List<String> silent = results.stream()
                .filter(result -> !result.isReachable())
                .map(result -> result.peer().value())
                .toList();
        if (!silent.isEmpty()) {
            throw new CommandFailedException("%d of %d peers did not answer with success: %s."
                    .formatted(silent.size(), peers.size(), String.join(", ", silent)));
        }
        return CommandLine.ExitCode.OK;
    }

    private List<ApplicationEntity> peers() {
        ApplicationEntities registry = ApplicationEntities.load(home.home());
        List<ApplicationEntity> peers = titles.isEmpty()
                ? registry.all().stream().filter(ApplicationEntity::isReachable).toList()
                : titles.stream().map(title -> registered(registry, title)).toList();
        if (peers.isEmpty()) {
            throw new CommandFailedException(
                    "config/application-entities.yaml registers no peer with host and port; there is nobody to ask.");
        }
        return peers;
    }

    private static ApplicationEntity registered(ApplicationEntities registry, String title) {
        return AeTitle.parse(title)
                .flatMap(registry::find)
                .orElseThrow(() -> new CommandFailedException(
                        "\"%s\" is not registered; name an AE title of config/application-entities.yaml."
                                .formatted(title)));
    }

    private List<EchoResult> echo(List<ApplicationEntity> peers) {
        EngineSettings settings = home.settings();
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_A_TIME, peers.size()));
        try (DicomProvider provider = settings.dicom().provider().create()) {
            PeerEcho echo = new PeerEcho(
                    provider,
                    settings.dicom().aeTitle(),
                    settings.dicom().limits(),
                    EngineParts.production().clock());
            List<Callable<EchoResult>> calls = new ArrayList<>();
            peers.forEach(peer -> calls.add(() -> echo.echo(peer)));
            List<EchoResult> results = new ArrayList<>();
            for (Future<EchoResult> result : threads.invokeAll(calls, 5, TimeUnit.MINUTES)) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("Interrupted before every peer had answered.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A peer could not be asked.", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
