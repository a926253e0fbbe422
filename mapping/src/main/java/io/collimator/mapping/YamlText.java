package io.collimator.mapping;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Parses YAML to nodes that know their lines; makes no objects of it. Bounded in size, depth and aliases. */
final class YamlText {

    private static final int MAX_DEPTH = 30;

    private YamlText() {}

    /** Empty when the text is no YAML or has no content; then there is a problem. */
    static Optional<Node> compose(String file, String text, List<MappingProblem> problems) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(10);
        options.setCodePointLimit(MappingFiles.MAX_BYTES);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                problems.add(
                        new MappingProblem(file, 1, "file", "", "The file is empty; write a definition or delete it."));
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problems.add(new MappingProblem(
                    file,
                    line,
                    "YAML",
                    String.valueOf(e.getProblem()),
                    "This is no YAML; check indentation, colons and quotes."));
        } catch (YAMLException e) {
            problems.add(new MappingProblem(
                    file, 0, "YAML", String.valueOf(e.getMessage()), "This is no YAML; check for control characters."));
        }
        return Optional.empty();
    }
}
