package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.engine.cli.remote.RemoteEngine;
import io.collimator.engine.config.EngineSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --home} and {@code --url}: the running engine that a command talks to. */
final class EngineOption {

    @Mixin
    private final HomeOption home = new HomeOption();

    @Option(names = "--url", paramLabel = "URL", description = "The engine; default: as the home configures it.")
    private @Nullable String url;

    HomeOption home() {
        return home;
    }

    RemoteEngine engine() {
        EngineSettings settings = home.settings();
        String base = url != null
                ? url
                : "http://"
                        + new HostAndPort(
                                settings.http().bindAddress(), settings.http().port());
        return new RemoteEngine(base, password(settings));
    }

    /** @throws CommandFailedException when the engine refuses */
    JsonNode post(String path, JsonNode body) {
        return accepted(engine().post(path, body));
    }

    /** @throws CommandFailedException when the engine refuses */
    static JsonNode accepted(RemoteEngine.Answer answer) {
        if (!answer.isOk()) {
            throw new CommandFailedException(answer.detail());
        }
        return answer.json();
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
                    "%s cannot be read: it is that of the home %s. Name the home of the engine with --home (or COLLIMATOR_HOME), or set COLLIMATOR_ADMIN_PASSWORD to its password."
                            .formatted(file, home.path().toAbsolutePath().normalize()),
                    e);
        }
    }
}
