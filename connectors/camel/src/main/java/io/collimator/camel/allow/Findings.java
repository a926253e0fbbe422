package io.collimator.camel.allow;

import io.collimator.camel.allow.RouteFinding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects the findings of one file; not thread-safe. */
final class Findings {

    private final String file;
    private final List<RouteFinding> found = new ArrayList<>();

    Findings(String file) {
        this.file = file;
    }

    /** Where a node stands, for the findings of others. */
    String place(Node node) {
        return file + ":" + Yaml.line(node);
    }

    /** A finding at a node. */
    void error(Node node, String field, String value, String fix) {
        error(Yaml.line(node), field, value, fix);
    }

    void error(int line, String field, String value, String fix) {
        found.add(new RouteFinding(Severity.ERROR, file, line, field, value, fix));
    }

    void warning(int line, String field, String value, String fix) {
        found.add(new RouteFinding(Severity.WARNING, file, line, field, value, fix));
    }

    List<RouteFinding> all() {
        return List.copyOf(found);
    }
}
