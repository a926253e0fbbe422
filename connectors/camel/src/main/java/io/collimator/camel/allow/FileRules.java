package io.collimator.camel.allow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Rules for a file: routes with id and description, and error blocks; nothing else at the top. */
final class FileRules {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Set<String> ROUTE =
            Set.of("id", "description", "note", "from", "autoStartup", "startupOrder", "group");
    private static final Set<String> FROM = Set.of("id", "description", "note", "uri", "parameters", "steps");
    private static final Set<String> ON_EXCEPTION = Set.of(
            "id",
            "description",
            "note",
            "exception",
            "onWhen",
            "handled",
            "continued",
            "redeliveryPolicy",
            "retryWhile",
            "useOriginalMessage",
            "steps");
    private static final Set<String> REDELIVERY = Set.of(
            "maximumRedeliveries",
            "redeliveryDelay",
            "maximumRedeliveryDelay",
            "backOffMultiplier",
            "useExponentialBackOff",
            "retryAttemptedLogLevel",
            "retriesExhaustedLogLevel");
    private static final Map<String, Pattern> REDELIVERY_VALUES = Map.of(
            "maximumRedeliveries", Pattern.compile("-?\\d{1,9}"),
            "redeliveryDelay", Pattern.compile("\\d{1,9}"),
            "maximumRedeliveryDelay", Pattern.compile("\\d{1,9}"),
            "backOffMultiplier", Pattern.compile("\\d{1,6}(?:\\.\\d{1,6})?"),
            "useExponentialBackOff", Pattern.compile("true|false"),
            "retryAttemptedLogLevel", Pattern.compile("TRACE|DEBUG|INFO|WARN|ERROR|OFF"),
            "retriesExhaustedLogLevel", Pattern.compile("TRACE|DEBUG|INFO|WARN|ERROR|OFF"));
    private static final String STEPS = "steps";

    private final StepRules steps;
    private final Placeholders placeholders;

    FileRules(RouteRules rules, LoggedValues logged) {
        this.steps = new StepRules(rules, logged);
        this.placeholders = new Placeholders(rules.settings());
    }

    List<CheckedRoute> check(RouteFile file, Findings findings) {
        List<CheckedRoute> routes = new ArrayList<>();
        Optional<Node> document = Yaml.parse(file.text(), findings);
        if (document.isEmpty()) {
            return routes;
        }
        for (Node item : Yaml.list(document.get(), "file", findings)) {
            Yaml.map(item, "file", findings).forEach((kind, body) -> {
                placeholders.checkAll(body, kind, findings);
                switch (kind) {
                    case "route" -> routes.add(route(body, findings));
                    case "onException" -> routes.add(onException(body, findings));
                    default ->
                        findings.error(
                                body,
                                kind,
                                "",
                                "\"%s\" is not allowed at the top of a file; allowed are: route, onException."
                                        .formatted(kind));
                }
            });
        }
        return routes;
    }

    private CheckedRoute route(Node body, Findings findings) {
        Map<String, Node> attributes = Yaml.map(body, "route", findings);
        Yaml.allowOnly(ROUTE, attributes, "route", findings);
        String id = text(attributes, "id");
        if (!ID.matcher(id).matches()) {
            findings.error(
                    attributes.getOrDefault("id", body),
                    "route.id",
                    id,
                    "Every route has an id of letters, digits, dot, dash and underscore; write one.");
        }
        if (text(attributes, "description").isBlank()) {
            findings.error(
                    attributes.getOrDefault("description", body),
                    "route.description",
                    "",
                    "Every route has a description; write in one sentence what it does.");
        }
        Node from = attributes.get("from");
        if (from == null) {
            findings.error(body, "route.from", "", "The route begins nowhere; write from with a uri.");
            return new CheckedRoute(id, findings, Yaml.line(body), Optional.empty(), List.of());
        }
        return from(id, from, findings);
    }

    private CheckedRoute from(String id, Node from, Findings findings) {
        Map<String, Node> attributes = Yaml.map(from, "route.from", findings);
        Yaml.allowOnly(FROM, attributes, "route.from", findings);
        Optional<EndpointRules.Endpoint> endpoint =
                steps.endpoints().check(attributes, from, new EndpointRules.Position(true, "route.from", findings));
        Node list = attributes.get(STEPS);
        if (list == null) {
            findings.error(from, "route.from.steps", "", "The route does nothing; write its steps.");
        }
        List<Flow> flow = list == null ? List.of() : steps.check(list, "route.from.steps", findings);
        return new CheckedRoute(id, findings, Yaml.line(from), endpoint, flow);
    }

    /** Like a route that nothing comes to but failures: what it calls has to be there as well. */
    private CheckedRoute onException(Node body, Findings findings) {
        Map<String, Node> attributes = Yaml.map(body, "onException", findings);
        Yaml.allowOnly(ON_EXCEPTION, attributes, "onException", findings);
        steps.exceptions(attributes, "onException", findings);
        steps.onWhen(attributes, "onException", findings);
        for (String name : List.of("handled", "continued")) {
            Node node = attributes.get(name);
            if (node != null) {
                steps.expressions().checkLanguages(node, "onException." + name, findings);
            }
        }
        Node redelivery = attributes.get("redeliveryPolicy");
        if (redelivery != null) {
            Map<String, Node> policy = Yaml.map(redelivery, "onException.redeliveryPolicy", findings);
            Yaml.allowOnly(REDELIVERY, policy, "onException.redeliveryPolicy", findings);
            REDELIVERY_VALUES.forEach((name, form) -> checkRedelivery(policy.get(name), name, form, findings));
        }
        Node retryWhile = attributes.get("retryWhile");
        if (retryWhile != null) {
            Map<String, Node> condition = Yaml.map(retryWhile, "onException.retryWhile", findings);
            Yaml.allowOnly(Set.of("method"), condition, "onException.retryWhile", findings);
            condition.values().forEach(method -> steps.method(method, "onException.retryWhile.method", findings));
        }
        Node list = attributes.get(STEPS);
        List<Flow> flow = list == null ? List.of() : steps.check(list, "onException.steps", findings);
        return new CheckedRoute("", findings, Yaml.line(body), Optional.empty(), flow);
    }

    private void checkRedelivery(@Nullable Node node, String name, Pattern form, Findings findings) {
        String written = node == null ? "" : Yaml.scalar(node).orElse("");
        String value = steps.values().resolved(written);
        if (node != null && !value.contains("{{") && !form.matcher(value).matches()) {
            findings.error(
                    node,
                    "onException.redeliveryPolicy." + name,
                    written,
                    "The value is not valid; write %s."
                            .formatted(
                                    form.pattern().contains("|")
                                            ? form.pattern().replace("|", ", ")
                                            : "a number"));
        }
    }

    private static String text(Map<String, Node> attributes, String name) {
        Node node = attributes.get(name);
        return node == null ? "" : Yaml.scalar(node).orElse("");
    }
}
