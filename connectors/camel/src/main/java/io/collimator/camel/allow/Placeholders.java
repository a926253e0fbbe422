package io.collimator.camel.allow;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Rules for {@code {{key}}}: a plain key that has a value, nothing else that Camel would take. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([A-Za-z0-9._-]+)}}");

    private final Set<String> settings;

    Placeholders(Set<String> settings) {
        this.settings = settings;
    }

    /** With the values in place of the keys; a key without a value stays as it is: that is a finding of its own. */
    static String resolved(String text, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }

    /** Checks every value of a file: Camel replaces placeholders wherever they stand. */
    void checkAll(Node node, String field, Findings findings) {
        if (node instanceof SequenceNode sequence) {
            int number = 0;
            for (Node item : sequence.getValue()) {
                checkAll(item, field + "[" + ++number + "]", findings);
            }
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = Yaml.scalar(tuple.getKeyNode()).orElse("");
                check(tuple.getKeyNode(), field, key, findings);
                checkAll(tuple.getValueNode(), field + "." + key, findings);
            }
        } else {
            check(node, field, Yaml.scalar(node).orElse(""), findings);
        }
    }

    private void check(Node node, String field, String text, Findings findings) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            if (!settings.contains(matcher.group(1))) {
                findings.error(
                        node,
                        field,
                        matcher.group(),
                        "The setting has no value; set %s in config/application.properties or correct the name."
                                .formatted(matcher.group(1)));
            }
        }
        String rest = matcher.replaceAll("");
        if (rest.contains("{{") || rest.contains("}}")) {
            findings.error(
                    node,
                    field,
                    text,
                    "Only the plain form {{key}} is allowed, without default, function or nesting; set a default in config/application.properties.");
        }
    }
}
