package io.collimator.mapping;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one definition file; collects every problem with its line. */
final class DefinitionReader {

    private static final Set<String> KEYS = Set.of("definition", "description", "messages", "else", "rules");

    private final String file;
    private final Map<String, ValueTable> tables;
    private final List<MappingProblem> problems;

    /** @param tables by name */
    DefinitionReader(String file, Map<String, ValueTable> tables, List<MappingProblem> problems) {
        this.file = file;
        this.tables = tables;
        this.problems = problems;
    }

    Optional<Definition> read(Path path) {
        Node root = compose(path);
        if (root == null) {
            return Optional.empty();
        }
        YamlMap map = new YamlMap(file, "", root, KEYS, problems);
        map.required("definition", "orders-to-worklist");
        List<String> kinds = kinds(map);
        Rule.Otherwise otherwise = map.required("else", "omit").isPresent()
                ? RuleReader.otherwise(map).orElse(new Rule.Otherwise.Omit())
                : new Rule.Otherwise.Omit();
        return Optional.of(new Definition(file, kinds, rules(map, otherwise)));
    }

    private @Nullable Node compose(Path path) {
        try {
            String text = Files.readString(path, StandardCharsets.UTF_8);
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                problem(1, "file", "", "The file is empty; write a definition or delete it.");
            }
            return root;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problem(
                    line,
                    "YAML",
                    String.valueOf(e.getProblem()),
                    "This is no YAML; check indentation, colons and quotes.");
        } catch (YAMLException e) {
            problem(0, "YAML", String.valueOf(e.getMessage()), "This is no YAML; check for control characters.");
        } catch (MalformedInputException e) {
            problem(0, "file", "bytes that are no UTF-8", "Save the definition as UTF-8.");
        } catch (IOException e) {
            problem(
                    0,
                    "file",
                    e.getClass().getSimpleName(),
                    "The definition cannot be read; check that it is there and readable.");
        }
        return null;
    }

    private List<String> kinds(YamlMap map) {
        List<String> kinds = new ArrayList<>();
        for (YamlMap.Scalar kind : map.texts("messages")) {
            if (!kind.text().matches("[A-Z0-9]{3}\\^[A-Z0-9]{3}")) {
                map.problem(kind.line(), "messages", kind.text(), "Write type and event, for instance ORM^O01.");
            } else if (kinds.contains(kind.text())) {
                map.problem(kind.line(), "messages", kind.text(), "The message stands here twice; delete one.");
            } else {
                kinds.add(kind.text());
            }
        }
        if (!map.has("messages")) {
            map.problem("messages", "", "The key is missing; write for instance messages: [ORM^O01]");
        }
        return kinds;
    }

    private List<Rule> rules(YamlMap map, Rule.Otherwise otherwise) {
        List<Rule> rules = new ArrayList<>();
        Optional<Node> node = map.node("rules");
        if (node.isEmpty() || !(node.get() instanceof SequenceNode list)) {
            map.problem("rules", "", "Write a list of rules here.");
            return rules;
        }
        Map<String, Integer> ids = new HashMap<>();
        for (int i = 0; i < list.getValue().size(); i++) {
            RuleReader reader = new RuleReader(file, tables, problems);
            reader.read(i, list.getValue().get(i), otherwise, rules).ifPresent(rule -> {
                Integer earlier = ids.putIfAbsent(rule.id(), rule.line());
                if (earlier != null) {
                    problem(
                            rule.line(),
                            "id",
                            rule.id(),
                            "The rule on line %d has this id; choose another.".formatted(earlier));
                }
                rejectSameTarget(rule, rules);
                rules.add(rule);
            });
        }
        return rules;
    }

    private void rejectSameTarget(Rule rule, List<Rule> earlier) {
        earlier.stream()
                .filter(other -> other.target().name().equals(rule.target().name()))
                .filter(other -> other.onlyIfEmpty() == rule.onlyIfEmpty())
                .findFirst()
                .ifPresent(other -> problem(
                        rule.line(),
                        "target",
                        rule.target().name(),
                        "The rule \"%s\" on line %d makes it already; put the fields into one rule's from, in order."
                                .formatted(other.id(), other.line())));
    }

    private void problem(int line, String field, String found, String fix) {
        problems.add(new MappingProblem(file, line, field, found, fix));
    }
}
