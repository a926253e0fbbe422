package io.collimator.engine.cli;

import io.collimator.engine.config.ConfigurationException;
import io.collimator.engine.config.DataFolder;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Says where the logging library finds its configuration. It looks only once, when the first logger is made, so this comes
 * before the command line is parsed.
 */
final class LogSetup {

    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String FOLDER = "collimator.log.dir";

    private LogSetup() {}

    /** {@code run} logs as its home says; every other command is quiet. */
    static void before(String[] arguments) {
        List<String> words = List.of(arguments);
        if (!words.contains("run") || System.getProperty(CONFIGURATION) != null) {
            return;
        }
        int option = words.indexOf("--home");
        String home = option >= 0 && option + 1 < words.size()
                ? words.get(option + 1)
                : words.stream()
                        .filter(word -> word.startsWith("--home="))
                        .map(word -> word.substring("--home=".length()))
                        .findFirst()
                        .orElse(System.getProperty(HomeOption.CHECKOUT, "."));
        Path file = Path.of(home).resolve("config/logback.xml");
        if (Files.isRegularFile(file)) {
            try {
                Path data = EngineSettings.load(Home.of(Path.of(home)), System.getenv(), Map.of())
                        .dataFolder();
                // the log's folder must not be made before its parent, with rights for everyone
                DataFolder.create(data);
                System.setProperty(FOLDER, data.resolve("logs").toString());
                System.setProperty(CONFIGURATION, file.toString());
            } catch (ConfigurationException | IOException broken) {
                // the command itself will say so, in full; until then there is nowhere to log to
                System.clearProperty(CONFIGURATION);
            }
        }
    }
}
