package io.collimator.engine.cli;

import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Home;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --home}: whose routes, mapping and configuration count; that of {@code COLLIMATOR_HOME}, else the checkout's, when it is not given. */
final class HomeOption {

    /** Set by bin/collimator. */
    static final String CHECKOUT = "collimator.home";

    private static final String VARIABLE = "COLLIMATOR_HOME";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "Folder with routes, mapping and config; default: COLLIMATOR_HOME, else the checkout of this command.")
    private @Nullable Path home;

    Path path() {
        return path(System.getenv());
    }

    Path path(Map<String, String> environment) {
        if (home != null) {
            return home;
        }
        String named = environment.getOrDefault(VARIABLE, "");
        return Path.of(named.isBlank() ? System.getProperty(CHECKOUT, ".") : named);
    }

    /** {@code --home DIR} as it was given, with a blank before it; "" when it was not. */
    String asGiven() {
        return home == null ? "" : " --home " + home;
    }

    Home home() {
        return Home.of(path());
    }

    EngineSettings settings() {
        return EngineSettings.load(home(), System.getenv(), Map.of());
    }
}
