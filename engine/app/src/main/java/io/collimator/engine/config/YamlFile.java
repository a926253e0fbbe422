package io.collimator.engine.config;

import io.collimator.mapping.Utf8Text;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** A YAML file of {@code config/}, bounded; whatever is wrong with it becomes a problem. */
final class YamlFile {

    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private YamlFile() {}

    /**
     * Its content.
     *
     * @param fix what to do about a file that holds nothing
     */
    static Optional<YamlMap> read(Home home, Path path, String fix, List<Problem> problems) {
        String file = home.nameOf(path);
        try {
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(MAX_BYTES);
            options.setMaxAliasesForCollections(0);
            Utf8Text read = Utf8Text.of(Files.readAllBytes(path));
            read.fault()
                    .ifPresent(fault ->
                            problems.add(new Problem(file, fault.line(), "text", fault.found(), Utf8Text.Fault.FIX)));
            Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(read.text()));
            if (node == null) {
                problems.add(new Problem(file, 0, "", "", fix));
                return Optional.empty();
            }
            return Optional.of(new YamlMap(file, "", node, problems));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problems.add(new Problem(file, line, "", "", "is no YAML: " + e.getProblem() + "."));
        } catch (IOException e) {
            problems.add(new Problem(file, 0, "", "", "cannot be read (%s).".formatted(e)));
        }
        return Optional.empty();
    }
}
