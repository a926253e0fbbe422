package io.collimator.camel.allow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Keeps patient data out of the log: what a route sets from the body is as private as the body, under whatever header or
 * property, in whichever route, also when it is passed on from one to another.
 */
final class LoggedValues {

    private static final Pattern FUNCTION = Pattern.compile("\\$(?:simple)?\\{\\s*([^{}$]*?)\\s*}");
    private static final Pattern NAMED = Pattern.compile(
            "(?:(?:in\\.)?(headers?)|(exchangeProperty))(?:\\.([A-Za-z0-9_-]+)|\\['?([A-Za-z0-9_.-]+)'?])");
    private static final String BODY = "body";
    private static final Set<String> FOR_DEVELOPERS = Set.of("DEBUG", "TRACE");

    /** What is set where, and from what. */
    private record Setting(String place, String name, Set<String> sources) {}

    private record Logging(Findings findings, Node node, String field, String text) {}

    private final List<Setting> settings = new ArrayList<>();
    private final List<Logging> loggings = new ArrayList<>();

    /** Notes a {@code setHeader} or {@code setProperty}. */
    void set(String kind, String name, Map<String, Node> given, String place) {
        Set<String> sources = new HashSet<>();
        given.forEach((attribute, node) -> read(attribute, node, sources));
        if (!sources.isEmpty()) {
            settings.add(new Setting(place, key(kind.equals("setProperty"), name), sources));
        }
    }

    private static void read(String attribute, Node node, Set<String> sources) {
        Optional<String> scalar = Yaml.scalar(node);
        if (scalar.isEmpty()) {
            if (ExpressionRules.LANGUAGES.contains(attribute) || attribute.equals(ExpressionRules.EXPRESSION)) {
                // the form with attributes of its own: { simple: { expression: … } } or { expression: { simple: … } }
                Yaml.map(node, "", new Findings(""))
                        .forEach((inner, value) ->
                                read(inner.equals(ExpressionRules.EXPRESSION) ? attribute : inner, value, sources));
            }
            return;
        }
        switch (attribute) {
            case "simple" -> sources.addAll(sources(scalar.get()));
            case "header" -> sources.add(key(false, scalar.get()));
            case "hl7terser" -> {
                // the header of a message names no patient
                if (!scalar.get().contains("MSH")) {
                    sources.add(BODY);
                }
            }
            default -> {
                // a constant, or an attribute that is no expression
            }
        }
    }

    /** The body and the names that a text of simple reads. */
    private static Set<String> sources(String text) {
        Set<String> sources = new HashSet<>();
        Matcher function = FUNCTION.matcher(text);
        while (function.find()) {
            Matcher named = NAMED.matcher(function.group(1));
            if (function.group(1).equals(BODY)) {
                sources.add(BODY);
            } else if (named.matches()) {
                sources.add(key(named.group(2) != null, named.group(3) == null ? named.group(4) : named.group(3)));
            }
        }
        return sources;
    }

    /** Camel knows headers without regard to case. */
    private static String key(boolean isProperty, String name) {
        return (isProperty ? "property " : "header ") + name.toLowerCase(Locale.ROOT);
    }

    /** Notes what a {@code log} step writes; a level for developers may show anything. */
    void logged(Node message, String field, String level, Findings findings) {
        if (!FOR_DEVELOPERS.contains(level.toUpperCase(Locale.ROOT))) {
            loggings.add(
                    new Logging(findings, message, field, Yaml.scalar(message).orElse("")));
        }
    }

    /** Findings for all files together. */
    void check() {
        Set<String> personal = new HashSet<>(Set.of(BODY));
        boolean found = true;
        while (found) {
            found = settings.stream()
                    .filter(setting -> setting.sources().stream().anyMatch(personal::contains))
                    .map(Setting::name)
                    .toList()
                    .stream()
                    .anyMatch(personal::add);
        }
        loggings.forEach(logging -> check(logging, personal));
    }

    private void check(Logging logging, Collection<String> personal) {
        sources(logging.text()).stream()
                .filter(personal::contains)
                .sorted()
                .findFirst()
                .ifPresent(source -> logging.findings()
                        .error(
                                logging.node(),
                                logging.field(),
                                logging.text(),
                                "%s is patient data and stays out of the log%s; name a control ID, an accession number or an AE title, or log at DEBUG."
                                        .formatted(
                                                source.equals(BODY) ? "The body" : "The " + source,
                                                source.equals(BODY) ? "" : origin(source, personal))));
    }

    private String origin(String name, Collection<String> personal) {
        return settings.stream()
                .filter(setting -> setting.name().equals(name))
                .filter(setting -> setting.sources().stream().anyMatch(personal::contains))
                .map(setting -> ", for %s sets it from the body".formatted(setting.place()))
                .findFirst()
                .orElse("");
    }
}
