package io.collimator.engine.config;

import io.collimator.mapping.EditDistance;
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

/** A mapping of a YAML file that knows its lines; whatever is wrong becomes a problem. */
final class YamlMap {

    private record Value(Node node, int line) {}

    private final String file;
    private final String path;
    private final List<Problem> problems;
    private final Map<String, Value> values = new LinkedHashMap<>();

    YamlMap(String file, String path, Node node, List<Problem> problems) {
        this.file = file;
        this.path = path;
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::add);
        } else {
            report(line(node), path, "", "is no mapping; write key: value pairs.");
        }
    }

    private void add(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            report(line(tuple.getKeyNode()), path, "", "has a key that is no text.");
            return;
        }
        Value value = new Value(tuple.getValueNode(), line(key));
        if (values.putIfAbsent(key.getValue(), value) != null) {
            report(value.line(), field(key.getValue()), "", "stands twice; remove one.");
        }
    }

    Set<String> keys() {
        return values.keySet();
    }

    void allow(Set<String> known) {
        values.forEach((key, value) -> {
            if (!known.contains(key)) {
                report(
                        value.line(),
                        field(key),
                        "",
                        "is unknown; expected one of %s.%s"
                                .formatted(String.join(", ", known), EditDistance.hint(known, key)));
            }
        });
    }

    int lineOf(String key) {
        Value value = values.get(key);
        return value == null ? 0 : value.line();
    }

    Optional<YamlMap> map(String key) {
        Value value = values.get(key);
        return value == null ? Optional.empty() : Optional.of(new YamlMap(file, field(key), value.node(), problems));
    }

    /** Text of a scalar; "" when it is absent. */
    String text(String key) {
        Value value = values.get(key);
        if (value == null) {
            return "";
        }
        if (value.node() instanceof ScalarNode scalar) {
            return scalar.getValue().strip();
        }
        report(
                value.line(),
                field(key),
                "",
                isList(key) ? "is a list where one value is meant." : "is no single value.");
        return "";
    }

    int integer(String key, int min, int max) {
        String text = text(key);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, together with numbers out of range
        }
        report(
                lineOf(key),
                field(key),
                text,
                OneValue.fix(text, part -> part.matches("[0-9]+"), "a whole number from %d to %d".formatted(min, max)));
        return 0;
    }

    boolean flag(String key) {
        String text = text(key);
        if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
            report(lineOf(key), field(key), text, "is not valid; expected true or false.");
        }
        return text.equals("true");
    }

    List<String> texts(String key) {
        return items(key).stream().map(Item::text).toList();
    }

    /** An entry of a list, and where it stands. */
    record Item(String text, int line) {}

    List<Item> items(String key) {
        Value value = values.get(key);
        List<Item> items = new ArrayList<>();
        if (value == null) {
            return items;
        }
        if (!isList(key)) {
            report(value.line(), field(key), text(key), "is no list; write [a, b].");
        } else {
            for (Node item : ((SequenceNode) value.node()).getValue()) {
                if (item instanceof ScalarNode scalar) {
                    items.add(new Item(scalar.getValue().strip(), line(item)));
                } else {
                    report(line(item), field(key), "", "has an entry that is no single value.");
                }
            }
        }
        return items;
    }

    boolean isList(String key) {
        Value value = values.get(key);
        return value != null && value.node() instanceof SequenceNode;
    }

    boolean isMap(String key) {
        Value value = values.get(key);
        return value != null && value.node() instanceof MappingNode;
    }

    void report(String key, Item item, String fix) {
        report(item.line(), field(key), item.text(), fix);
    }

    void report(String key, String value, String fix) {
        report(lineOf(key), field(key), value, fix);
    }

    private void report(int line, String field, String value, String fix) {
        problems.add(new Problem(file, line, field, value, fix));
    }

    private String field(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
