package io.collimator.camel.allow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Route text as nodes with their lines. The parser is the one that Camel reads routes with, so that both see the same;
 * what YAML has beyond maps, lists and scalars (aliases, tags, several documents) is refused.
 */
final class Yaml {

    private static final int MAX_CHARACTERS = 1_000_000;
    private static final int MAX_DEPTH = 60;
    private static final String FILE = "file";

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setUseMarks(true)
            .setCodePointLimit(MAX_CHARACTERS)
            .build();

    private Yaml() {}

    /** The document, when the text is one that may be looked at further. */
    static Optional<Node> parse(String text, Findings findings) {
        if (text.length() > MAX_CHARACTERS) {
            findings.error(1, FILE, "", "The file has over %d characters; split it.".formatted(MAX_CHARACTERS));
            return Optional.empty();
        }
        try {
            if (!isPlain(text, findings)) {
                return Optional.empty();
            }
            Optional<Node> document = new Compose(SETTINGS).composeString(text);
            if (document.isEmpty()) {
                findings.error(1, FILE, "", "The file is empty; write a list of routes or remove it.");
            }
            return document;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            findings.error(line, FILE, "", "This is no YAML: " + e.getProblem() + ". Correct the text at this line.");
            return Optional.empty();
        } catch (YamlEngineException e) {
            findings.error(1, FILE, "", "This is no YAML: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isPlain(String text, Findings findings) {
        int depth = 0;
        int documents = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
            if (event instanceof AliasEvent alias) {
                findings.error(
                        line, "alias", "*" + alias.getAlias(), "Aliases are not allowed; write the content out.");
                return false;
            }
            if (tagOf(event).isPresent()) {
                findings.error(line, "tag", tagOf(event).get(), "YAML tags are not allowed; remove it.");
                return false;
            }
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                findings.error(line, FILE, "---", "A file holds one document; put the second into a file of its own.");
                return false;
            }
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                findings.error(
                        line, FILE, "", "The content is nested over %d levels; flatten it.".formatted(MAX_DEPTH));
                return false;
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return true;
    }

    private static Optional<String> tagOf(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
    }

    /** From 1. */
    static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    static Optional<String> scalar(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    static String kind(Node node) {
        return node instanceof ScalarNode ? "a value" : node instanceof SequenceNode ? "a list" : "a map";
    }

    /** The items of a list; a finding and none when it is something else. */
    static List<Node> list(Node node, String field, Findings findings) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        findings.error(node, field, kind(node), "Write a list here, each item behind a dash.");
        return List.of();
    }

    /** The entries of a map by key, in order; a finding when it is something else, or for a key that is there twice. */
    static Map<String, Node> map(Node node, String field, Findings findings) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            if (!scalar(node).orElse("x").isEmpty()) {
                findings.error(node, field, kind(node), "Write a map of names and values here.");
            }
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode()).orElse("");
            if (entries.put(key, tuple.getValueNode()) != null) {
                findings.error(tuple.getKeyNode(), field + "." + key, "", "The name is there twice; remove one.");
            }
        }
        return entries;
    }

    /** A finding for each key that is not among those allowed. */
    static void allowOnly(Set<String> allowed, Map<String, Node> entries, String field, Findings findings) {
        entries.forEach((key, value) -> {
            if (!allowed.contains(key)) {
                findings.error(
                        value,
                        field + "." + key,
                        scalar(value).orElse(""),
                        "\"%s\" is not allowed here; allowed are: %s."
                                .formatted(key, String.join(", ", new TreeSet<>(allowed))));
            }
        });
    }
}
