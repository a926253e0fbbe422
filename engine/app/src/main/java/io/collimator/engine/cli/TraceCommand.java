package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.collimator.engine.cli.view.AccessionText;
import io.collimator.engine.config.EngineSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a running engine knows of an accession. */
@Command(name = "trace", description = "Shows both states and the timeline of an accession, from a running engine.")
final class TraceCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final HomeOption home = new HomeOption();

    @Parameters(paramLabel = "ACCESSION", description = "Accession Number; case counts.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String accession;

    @Option(names = "--url", paramLabel = "URL", description = "The engine; default: as the home configures it.")
    private @Nullable String url;

    @Override
    public Integer call() throws InterruptedException {
        EngineSettings settings = home.settings();
        String base = url != null
                ? url
                : "http://"
                        + new HostAndPort(
                                settings.http().bindAddress(), settings.http().port());
        HttpResponse<String> response = get(base, password(settings));
        switch (response.statusCode()) {
            case 200 ->
                new AccessionText(parsed(response)).print(spec.commandLine().getOut());
            case 404 ->
                throw new CommandFailedException(
                        "Accession %s is not known at %s; case counts.".formatted(accession, base));
            case 401 ->
                throw new CommandFailedException(
                        "%s refused the password; set COLLIMATOR_ADMIN_PASSWORD to the one of that engine."
                                .formatted(base));
            default ->
                throw new CommandFailedException(
                        "%s answered %d; its log says why.".formatted(base, response.statusCode()));
        }
        return CommandLine.ExitCode.OK;
    }

    private HttpResponse<String> get(String base, String password) throws InterruptedException {
        String path = URLEncoder.encode(accession, StandardCharsets.UTF_8).replace("+", "%20");
        String credentials = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/accessions/" + path))
                    .timeout(PATIENCE)
                    .header("Authorization", "Basic " + credentials)
                    .build();
            return HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException("--url is \"%s\"; write http://host:port.".formatted(base), e);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "No engine answers at %s; start one with \"collimator run\" or name it with --url.".formatted(base),
                    e);
        }
    }

    private String password(EngineSettings settings) {
        if (!settings.http().adminPassword().isEmpty()) {
            return settings.http().adminPassword();
        }
        Path file = settings.dataFolder().resolve("admin.password");
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new CommandFailedException(
                    "%s cannot be read; set COLLIMATOR_ADMIN_PASSWORD to the password of the engine.".formatted(file),
                    e);
        }
    }

    private static JsonNode parsed(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new CommandFailedException("The engine's answer is no JSON; is --url an engine?", e);
        }
    }
}
