package io.collimator.engine.config;

import io.collimator.engine.config.SettingsReader.Declaration;
import java.nio.file.Path;
import java.util.ArrayList;

/** The text of {@code config/application.properties} as it is shipped: every key, commented out. */
final class SettingsFile {

    private static final String HEAD = """
            # Settings of Collimator. Every key stands here with its default; remove the # before a key to change it.
            # One key = value a line, UTF-8. The environment overrides this file: upper case, "." and "-" become "_",
            # so that COLLIMATOR_MLLP_PORT overrides collimator.mllp.port; an empty variable counts for nothing.
            # "bin/collimator check" tells what is wrong, also of a COLLIMATOR_ variable that is no setting.
            # Keep passwords out of this file: set them in the environment or let them be generated into the data folder.
            """;

    private SettingsFile() {}

    static String text() {
        SettingsReader reader = new SettingsReader(SettingsSource.empty(), new ArrayList<>());
        EngineSettings.read(reader, new Home(Path.of("")));
        StringBuilder text = new StringBuilder(HEAD);
        String section = "";
        for (Declaration declaration : reader.declarations()) {
            if (!declaration.section().equals(section)) {
                section = declaration.section();
                text.append("\n# ==== ").append(section).append(" ====\n");
            }
            text.append("\n# ").append(declaration.meaning());
            if (!declaration.range().isEmpty()) {
                text.append(" [").append(declaration.range()).append(']');
            }
            text.append("\n#").append(declaration.key()).append(" =");
            text.append(declaration.defaultText().isEmpty() ? "" : " " + declaration.defaultText());
            text.append('\n');
        }
        return text.toString();
    }
}
