package io.collimator.engine.wiring;

import io.collimator.engine.config.EngineSettings;
import java.util.Map;

/** The values of {@code {{key}}} in routes: the settings, with the real port where one was left open. */
final class RouteProperties {

    private RouteProperties() {}

    static Map<String, String> of(EngineSettings settings, EngineAddresses addresses) {
        Map<String, String> properties = PublishedToRoutes.properties(settings);
        properties.put("collimator.mllp.port", Integer.toString(addresses.mllp().getPort()));
        return properties;
    }
}
