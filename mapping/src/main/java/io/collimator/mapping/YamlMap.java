package io.collimator.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML mapping whose values know their lines; collects what is wrong with it. */
final class YamlMap {

    private final String file;
    private final String name;
    private final List<MappingProblem> problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final int line;

    /**
     * @param name what the mapping is, for problems: {@code rules[3]}
     * @param known the keys it may have
     */
    YamlMap(String file, String name, Node node, Set<String> known, List<MappingProblem> problems) {
        this.file = file;
        this.name = name;
        this.problems = problems;
        this.line = lineOf(node);
        if (!(node instanceof MappingNode mapping)) {
            problem(line, name, shown(node), "Write keys with values here: " + String.join(", ", sorted(known)) + ".");
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!known.contains(key)) {
                problem(
                        lineOf(tuple.getKeyNode()),
                        name,
                        key,
                        "There is no such key; known: " + String.join(", ", sorted(known)) + "."
                                + EditDistance.hint(known, key));
            } else if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
                problem(lineOf(tuple.getKeyNode()), name, key, "The key stands here twice; delete one.");
            }
        }
    }

    int line() {
        return line;
    }

    int line(String key) {
        Node node = values.get(key);
        return node == null ? line : lineOf(node);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<Node> node(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A scalar; a problem when it is something else. */
    Optional<String> text(String key) {
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue().strip());
        }
        problem(lineOf(node), field(key), shown(node), "Write one value here.");
        return Optional.empty();
    }

    /** A scalar that must be there. */
    Optional<String> required(String key, String example) {
        if (!has(key)) {
            problem(line, field(key), "", "The key is missing; write for instance %s: %s".formatted(key, example));
            return Optional.empty();
        }
        return text(key);
    }

    /** A scalar or a list of scalars, with their lines. */
    List<Scalar> texts(String key) {
        return texts(key, false);
    }

    /** The same, where an empty text is a value too. */
    List<Scalar> textsOrEmpty(String key) {
        return texts(key, true);
    }

    private List<Scalar> texts(String key, boolean mayBeEmpty) {
        Node node = values.get(key);
        List<Scalar> texts = new ArrayList<>();
        List<Node> nodes =
                node instanceof SequenceNode sequence ? sequence.getValue() : node == null ? List.of() : List.of(node);
        for (Node entry : nodes) {
            if (entry instanceof ScalarNode scalar
                    && (!scalar.getValue().isBlank() || (mayBeEmpty && !scalar.isPlain()))) {
                texts.add(new Scalar(scalar.getValue().strip(), lineOf(entry)));
            } else {
                problem(lineOf(entry), field(key), shown(entry), "Write one value, or a list of values.");
            }
        }
        return texts;
    }

    void problem(String key, String found, String fix) {
        problem(line(key), field(key), found, fix);
    }

    void problem(int atLine, String field, String found, String fix) {
        problems.add(new MappingProblem(file, atLine, field, found, fix));
    }

    String field(String key) {
        return name.isEmpty() ? key : name + "." + key;
    }

    static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static List<String> sorted(Set<String> keys) {
        return keys.stream().sorted().toList();
    }

    private static String shown(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : node.getNodeId() + "";
    }

    /** A value and its line. */
    record Scalar(String text, int line) {}
}
