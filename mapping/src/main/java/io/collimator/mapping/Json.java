package io.collimator.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The JSON of golden cases: objects, lists and texts; every value is a text. */
final class Json {

    private static final String INDENT = "  ";

    private Json() {}

    /** An object under construction; values are texts, lists of texts, objects, or lists of objects. */
    static final class Tree {

        private final Map<String, Object> entries = new LinkedHashMap<>();

        Tree with(String key, String value) {
            entries.put(key, value);
            return this;
        }

        /** Nothing when the list is empty. */
        Tree withTexts(String key, List<String> values) {
            if (!values.isEmpty()) {
                entries.put(key, List.copyOf(values));
            }
            return this;
        }

        /** Nothing when the object is empty. */
        Tree with(String key, Tree value) {
            if (!value.entries.isEmpty()) {
                entries.put(key, value);
            }
            return this;
        }

        Tree withItems(String key, List<Tree> values) {
            entries.put(key, List.copyOf(values));
            return this;
        }

        /** With line ends and two blanks a level. */
        String text() {
            StringBuilder text = new StringBuilder();
            write(this, "", text);
            return text.append('\n').toString();
        }

        /** By path, for instance {@code steps[1].attributes.PatientName}. */
        Map<String, String> flat() {
            Map<String, String> flat = new TreeMap<>();
            flatten("", this, flat);
            return flat;
        }
    }

    private static void write(Object value, String indent, StringBuilder text) {
        String deeper = indent + INDENT;
        if (value instanceof Tree tree) {
            text.append('{');
            String separator = "\n";
            for (Map.Entry<String, Object> entry : tree.entries.entrySet()) {
                text.append(separator).append(deeper);
                quote(entry.getKey(), text);
                text.append(": ");
                write(entry.getValue(), deeper, text);
                separator = ",\n";
            }
            text.append(tree.entries.isEmpty() ? "" : "\n" + indent).append('}');
        } else if (value instanceof List<?> list) {
            boolean isShort = list.stream().allMatch(String.class::isInstance);
            text.append('[');
            String separator = isShort ? "" : "\n" + deeper;
            for (Object one : list) {
                text.append(separator);
                write(one, deeper, text);
                separator = isShort ? ", " : ",\n" + deeper;
            }
            text.append(isShort ? "" : "\n" + indent).append(']');
        } else {
            quote(value.toString(), text);
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        value.chars().forEach(c -> {
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ') {
                        text.append("\\u%04x".formatted(c));
                    } else {
                        text.append((char) c);
                    }
                }
            }
        });
        text.append('"');
    }

    private static void flatten(String path, Object value, Map<String, String> flat) {
        if (value instanceof Tree tree) {
            tree.entries.forEach((key, inner) -> flatten(path.isEmpty() ? key : path + "." + key, inner, flat));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten("%s[%d]".formatted(path, i + 1), list.get(i), flat);
            }
        } else {
            flat.put(path, value.toString());
        }
    }

    /** The values of a text by path; JSON is read as the YAML that it is, so that remarks and trailing commas do no harm. */
    static Map<String, String> flat(String file, String text, List<MappingProblem> problems) {
        Map<String, String> flat = new TreeMap<>();
        Optional<Node> root = YamlText.compose(file, text, problems);
        root.ifPresent(node -> flatten("", node, flat));
        return flat;
    }

    private static void flatten(String path, Node node, Map<String, String> flat) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                flatten(path.isEmpty() ? key : path + "." + key, tuple.getValueNode(), flat);
            }
        } else if (node instanceof SequenceNode sequence) {
            List<Node> nodes = new ArrayList<>(sequence.getValue());
            for (int i = 0; i < nodes.size(); i++) {
                flatten("%s[%d]".formatted(path, i + 1), nodes.get(i), flat);
            }
        } else if (node instanceof ScalarNode scalar) {
            flat.put(path, scalar.getValue());
        }
    }
}
