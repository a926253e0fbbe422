package io.collimator.engine.wiring;

import java.nio.file.Path;
import java.util.Map;

/**
 * How to start an engine.
 *
 * @param home folder with routes, mapping and config
 * @param overrides values by key; they win over file and environment
 * @param demo whether a simulated archive is trusted and the environment left alone; for throw-away state only
 * @param parts what the engine takes from outside
 */
public record EngineOptions(Path home, Map<String, String> overrides, boolean demo, EngineParts parts) {

    public EngineOptions {
        overrides = Map.copyOf(overrides);
    }

    /** As {@code bin/collimator run} starts it. */
    public static EngineOptions of(Path home) {
        return new EngineOptions(home, Map.of(), false, EngineParts.production());
    }

    Map<String, String> environment() {
        return demo ? Map.of() : System.getenv();
    }
}
