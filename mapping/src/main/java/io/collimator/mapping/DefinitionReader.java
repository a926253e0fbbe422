package io.collimator.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one definition file; collects every problem with its line. */
final class DefinitionReader {

    /** The keys of a file of any form. */
    static final Set<String> KEYS = Set.of(
            "definition",
            "fragment",
            "description",
            "layer",
            "overlay",
            "changes",
            "messages",
            "include",
            "else",
            "rules");

    /** Rules that one file may have. */
    static final int MAX_RULES = 1_000;

    private static final Pattern KIND = Pattern.compile("[A-Z0-9]{3}\\^[A-Z0-9]{3}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final String file;
    private final Map<String, ValueTable> tables;
    private final List<MappingProblem> problems;

    /** @param tables by name */
    DefinitionReader(String file, Map<String, ValueTable> tables, List<MappingProblem> problems) {
        this.file = file;
        this.tables = tables;
        this.problems = problems;
    }

    Optional<DefinitionFile> read(String text) {
        Optional<Node> root = YamlText.compose(file, text, problems);
        if (root.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = new YamlMap(file, "", root.get(), KEYS, problems);
        DefinitionFile.Form form = form(map);
        Layer layer = layer(map, form);
        String name = name(map, form);
        checkForm(map, form, layer);
        List<String> kinds = form == DefinitionFile.Form.DEFINITION ? kinds(map) : List.of();
        List<YamlMap.Scalar> changes = map.texts("changes");
        Rule.Otherwise otherwise = otherwise(map, form);
        return Optional.of(new DefinitionFile(
                file,
                form,
                name,
                layer,
                map.text("overlay").orElse(""),
                changes,
                kinds,
                map.texts("include"),
                entries(map, form, layer, otherwise)));
    }

    private static DefinitionFile.Form form(YamlMap map) {
        if (map.has("changes") || map.has("overlay")) {
            return DefinitionFile.Form.OVERLAY;
        }
        return map.has("fragment") ? DefinitionFile.Form.FRAGMENT : DefinitionFile.Form.DEFINITION;
    }

    private static Layer layer(YamlMap map, DefinitionFile.Form form) {
        Layer standard = form == DefinitionFile.Form.OVERLAY ? Layer.SITE : Layer.BASE;
        Optional<String> word = map.text("layer");
        if (word.isEmpty()) {
            return map.has("overlay") ? Layer.SENDER : standard;
        }
        for (Layer layer : Layer.values()) {
            if (layer.label().equals(word.get())) {
                return layer;
            }
        }
        map.problem("layer", word.get(), "Write base, site or sender.");
        return standard;
    }

    private static String name(YamlMap map, DefinitionFile.Form form) {
        String key = form == DefinitionFile.Form.FRAGMENT ? "fragment" : "definition";
        if (form == DefinitionFile.Form.OVERLAY) {
            return "";
        }
        String name = map.required(key, "orders-to-worklist").orElse("");
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            map.problem(key, name, "Use lower-case words joined by hyphens.");
        }
        return name;
    }

    /** Each form has keys of its own. */
    private static void checkForm(YamlMap map, DefinitionFile.Form form, Layer layer) {
        if (form == DefinitionFile.Form.OVERLAY) {
            for (String key : List.of("definition", "fragment", "messages", "include")) {
                if (map.has(key)) {
                    map.problem(key, "", "An overlay has no such key; it says what it changes with changes.");
                }
            }
            if (!map.has("changes")) {
                map.problem("changes", "", "The key is missing; write for instance changes: orders-to-worklist");
            }
            if ((layer == Layer.SENDER) != map.has("overlay")) {
                map.problem(
                        "overlay",
                        map.text("overlay").orElse(""),
                        "An overlay of the layer sender has a name that profiles choose it by, one of the layer site has none.");
            }
            if (layer == Layer.BASE) {
                map.problem("layer", "base", "An overlay is of the layer site or sender.");
            }
        } else if (layer != Layer.BASE) {
            map.problem("layer", layer.label(), "A file of this layer says with changes which definition it changes.");
        }
        if (form == DefinitionFile.Form.FRAGMENT) {
            for (String key : List.of("definition", "messages", "include")) {
                if (map.has(key)) {
                    map.problem(key, "", "A fragment has no such key; delete it.");
                }
            }
        }
    }

    /** Only a definition has to say what happens without a value; the others take omit. */
    private static Rule.Otherwise otherwise(YamlMap map, DefinitionFile.Form form) {
        boolean isStated = form == DefinitionFile.Form.DEFINITION
                ? map.required("else", "omit").isPresent()
                : map.has("else");
        return isStated ? RuleReader.otherwise(map).orElse(new Rule.Otherwise.Omit()) : new Rule.Otherwise.Omit();
    }

    private static List<String> kinds(YamlMap map) {
        List<String> kinds = new ArrayList<>();
        for (YamlMap.Scalar kind : map.texts("messages")) {
            if (!KIND.matcher(kind.text()).matches()) {
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

    private List<DefinitionFile.Entry> entries(
            YamlMap map, DefinitionFile.Form form, Layer layer, Rule.Otherwise otherwise) {
        List<DefinitionFile.Entry> entries = new ArrayList<>();
        Optional<Node> node = map.node("rules");
        if (node.isEmpty() || !(node.get() instanceof SequenceNode list)) {
            map.problem("rules", "", "Write a list of rules here.");
            return entries;
        }
        if (list.getValue().size() > MAX_RULES) {
            map.problem(
                    "rules",
                    Integer.toString(list.getValue().size()),
                    "A file has at most %d rules; divide it.".formatted(MAX_RULES));
            return entries;
        }
        Map<String, Integer> ids = new HashMap<>();
        RuleReader reader = new RuleReader(
                new RuleReader.In(file, layer, form == DefinitionFile.Form.OVERLAY, otherwise), tables, problems);
        for (int i = 0; i < list.getValue().size(); i++) {
            reader.read(i, list.getValue().get(i)).ifPresent(entry -> {
                Integer earlier = ids.putIfAbsent(entry.id(), entry.line());
                if (earlier == null) {
                    entries.add(entry);
                } else {
                    problems.add(new MappingProblem(
                            file,
                            entry.line(),
                            "id",
                            entry.id(),
                            "The rule on line %d has this id; choose another.".formatted(earlier)));
                }
            });
        }
        return entries;
    }
}
