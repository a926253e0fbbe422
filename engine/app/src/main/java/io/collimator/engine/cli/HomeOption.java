package io.collimator.engine.cli;

import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Home;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --home}: whose routes, mapping and configuration count; the checkout's when it is not given. */
final class HomeOption {

    /** Set by bin/collimator. */
    static final String CHECKOUT = "collimator.home";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder with routes, mapping and config; default: the checkout of this command.")
    private @Nullable Path home;

    Path path() {
        return home == null ? Path.of(System.getProperty(CHECKOUT, ".")) : home;
    }

    Home home() {
        return Home.of(path());
    }

    EngineSettings settings() {
        return EngineSettings.load(home(), System.getenv(), Map.of());
    }
}
