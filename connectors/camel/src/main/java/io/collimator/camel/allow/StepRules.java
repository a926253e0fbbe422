package io.collimator.camel.allow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Rules for the steps of a route: the kinds that are allowed, each with its attributes. */
final class StepRules {

    private static final Set<String> EVERYWHERE = Set.of("id", "description", "note");
    private static final String STEPS = "steps";

    private static final Map<String, Set<String>> KINDS = Map.ofEntries(
            Map.entry("bean", Set.of("ref", "method")),
            Map.entry("choice", Set.of("when", "otherwise")),
            Map.entry("doTry", Set.of(STEPS, "doCatch", "doFinally")),
            Map.entry("filter", withExpression(STEPS)),
            Map.entry("log", Set.of("message", "loggingLevel", "logName", "marker")),
            Map.entry("removeHeader", Set.of("name")),
            Map.entry("removeHeaders", Set.of("pattern", "excludePattern")),
            Map.entry("removeProperty", Set.of("name")),
            Map.entry("setBody", withExpression()),
            Map.entry("setHeader", withExpression("name")),
            Map.entry("setProperty", withExpression("name")),
            Map.entry("split", withExpression(STEPS, "streaming", "stopOnException")),
            Map.entry("stop", Set.of()),
            Map.entry("to", Set.of("uri", "parameters", "pattern")));

    private static final Map<String, String> INSTEAD = Map.of(
            "toD", "Dynamic endpoints are not allowed; write to with a fixed uri.",
            "recipientList", "Dynamic endpoints are not allowed; write to with a fixed uri.",
            "routingSlip", "Dynamic endpoints are not allowed; write to with a fixed uri.",
            "dynamicRouter", "Dynamic endpoints are not allowed; write to with a fixed uri.",
            "enrich", "Dynamic endpoints are not allowed; write to with a fixed uri.",
            "pollEnrich", "Dynamic endpoints are not allowed; write to with a fixed uri.",
            "wireTap", "Dynamic endpoints are not allowed; write to with a fixed uri.",
            "script", "Code in routes is not allowed; use a published bean.",
            "process", "Code in routes is not allowed; use a published bean.");

    private static final Pattern METHOD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
    private static final Set<String> RESERVED = Set.of("camel", "jms", "collimator", "breadcrumbid");
    /** By it a queue keeps the order of what belongs together. */
    private static final String GROUP = "JMSXGroupID";

    private static final Pattern CLASS_NAME = Pattern.compile("[A-Za-z0-9_.$]+");

    private final RouteRules rules;
    private final LoggedValues logged;
    private final OptionValues values;
    private final EndpointRules endpoints;
    private final ExpressionRules expressions;

    StepRules(RouteRules rules, LoggedValues logged) {
        this.rules = rules;
        this.logged = logged;
        this.values = new OptionValues(rules.values());
        this.endpoints = new EndpointRules(rules, values);
        this.expressions = new ExpressionRules(values);
    }

    private static Set<String> withExpression(String... attributes) {
        Set<String> all = new LinkedHashSet<>(ExpressionRules.LANGUAGES);
        all.add("expression");
        all.addAll(List.of(attributes));
        return Set.copyOf(all);
    }

    OptionValues values() {
        return values;
    }

    EndpointRules endpoints() {
        return endpoints;
    }

    ExpressionRules expressions() {
        return expressions;
    }

    /** Checks a list of steps and says what they do. */
    List<Flow> check(Node list, String field, Findings findings) {
        List<Flow> flow = new ArrayList<>();
        int number = 0;
        for (Node step : Yaml.list(list, field, findings)) {
            String position = field + "[" + ++number + "]";
            Map<String, Node> kinds = Yaml.map(step, position, findings);
            if (kinds.size() != 1) {
                findings.error(step, position, String.join(", ", kinds.keySet()), "Write one step behind each dash.");
            }
            kinds.forEach((kind, body) -> flow.addAll(step(new Step(kind, body, position + "." + kind, findings))));
        }
        return flow;
    }

    /** A step as it is being read. */
    private record Step(String kind, Node body, String field, Findings findings) {

        void error(Node node, String attribute, String value, String fix) {
            findings.error(node, field + "." + attribute, value, fix);
        }

        Map<String, Node> attributes() {
            return Yaml.map(body, field, findings);
        }
    }

    private List<Flow> step(Step step) {
        Set<String> attributes = KINDS.get(step.kind());
        if (attributes == null) {
            step.findings()
                    .error(
                            step.body(),
                            step.field(),
                            step.kind(),
                            INSTEAD.getOrDefault(
                                    step.kind(),
                                    "This step is not allowed; allowed are: "
                                            + String.join(", ", new TreeSet<>(KINDS.keySet())) + "."));
            return List.of();
        }
        Optional<String> shortForm = Yaml.scalar(step.body()).filter(text -> !text.isEmpty());
        if (shortForm.isPresent()) {
            return shortForm(step);
        }
        Map<String, Node> given = step.attributes();
        TreeSet<String> allowed = new TreeSet<>(attributes);
        allowed.addAll(EVERYWHERE);
        Yaml.allowOnly(allowed, given, step.field(), step.findings());
        expressions.checkStep(given, step.field(), step.findings());
        return checked(step, given);
    }

    private List<Flow> shortForm(Step step) {
        return switch (step.kind()) {
            case "to" -> to(step, Map.of("uri", step.body()));
            case "log" -> {
                message(step, step.body(), "INFO");
                yield List.of();
            }
            default -> {
                step.findings()
                        .error(
                                step.body(),
                                step.field(),
                                Yaml.scalar(step.body()).orElse(""),
                                "Write the attributes of the step in lines of their own.");
                yield List.of();
            }
        };
    }

    private List<Flow> checked(Step step, Map<String, Node> given) {
        switch (step.kind()) {
            case "bean" -> {
                return bean(step, given);
            }
            case "to" -> {
                return to(step, given);
            }
            case "stop" -> {
                return List.of(new Flow.Stop());
            }
            case "filter", "split" -> {
                return List.of(new Flow.Sometimes(inner(step, given)));
            }
            case "choice" -> {
                return choice(step, given);
            }
            case "doTry" -> {
                return tryBlock(step, given);
            }
            case "log" -> log(step, given);
            case "setHeader", "setProperty" -> name(step, given);
            case "removeHeaders" -> patterns(step, given);
            default -> {
                // the attributes say it all
            }
        }
        return List.of();
    }

    /** A published method that decides something: of a bean, as in a step. */
    void method(Node body, String field, Findings findings) {
        Step step = new Step("method", body, field, findings);
        Map<String, Node> given = step.attributes();
        Yaml.allowOnly(KINDS.getOrDefault("bean", Set.of()), given, field, findings);
        bean(step, given);
    }

    private List<Flow> bean(Step step, Map<String, Node> given) {
        String ref = text(given, "ref");
        String method = text(given, "method");
        PublishedBean bean = rules.beans().get(ref);
        if (bean == null) {
            step.error(
                    given.getOrDefault("ref", step.body()),
                    "ref",
                    ref,
                    "There is no such bean for routes; write ref with one of: %s.".formatted(rules.beanNames()));
            return List.of();
        }
        if (!METHOD.matcher(method).matches() || !bean.methods().containsKey(method)) {
            step.error(
                    given.getOrDefault("method", step.body()),
                    "method",
                    method,
                    "Bean %s has no such method for routes; write one of: %s, without parentheses."
                            .formatted(
                                    ref,
                                    String.join(
                                            ", ", new TreeSet<>(bean.methods().keySet()))));
            return List.of();
        }
        return List.of(new Flow.Call(ref, method));
    }

    private List<Flow> to(Step step, Map<String, Node> given) {
        Node pattern = given.get("pattern");
        if (pattern != null && !Set.of("InOnly", "InOut").contains(text(given, "pattern"))) {
            step.error(pattern, "pattern", text(given, "pattern"), "Write InOnly or InOut.");
        }
        return endpoints
                .check(given, step.body(), new EndpointRules.Position(false, step.field(), step.findings()))
                .map(endpoint -> flow(endpoint, Yaml.line(step.body())))
                .orElse(List.of());
    }

    private static List<Flow> flow(EndpointRules.Endpoint endpoint, int line) {
        if (endpoint.scheme().equals("direct")) {
            return List.of(new Flow.Direct(endpoint.path(), line));
        }
        if (endpoint.scheme().equals("netty")) {
            return List.of(new Flow.Sent());
        }
        return endpoint.dicomOperation().flatMap(operation -> DicomRules.receiver(endpoint.parameters())).stream()
                .<Flow>map(name -> new Flow.Receiver(name, line))
                .toList();
    }

    private List<Flow> inner(Step step, Map<String, Node> given) {
        Node steps = given.get(STEPS);
        return steps == null ? List.of() : check(steps, step.field() + "." + STEPS, step.findings());
    }

    private List<Flow> choice(Step step, Map<String, Node> given) {
        List<Flow> flow = new ArrayList<>();
        Node when = given.get("when");
        if (when != null) {
            int number = 0;
            for (Node branch : Yaml.list(when, step.field() + ".when", step.findings())) {
                Step inner = new Step("when", branch, step.field() + ".when[" + ++number + "]", step.findings());
                Map<String, Node> attributes = inner.attributes();
                allow(inner, attributes, withExpression(STEPS));
                expressions.checkStep(attributes, inner.field(), inner.findings());
                flow.add(new Flow.Sometimes(inner(inner, attributes)));
            }
        }
        block(step, given, "otherwise", Set.of(STEPS)).ifPresent(steps -> flow.add(new Flow.Sometimes(steps)));
        return flow;
    }

    private List<Flow> tryBlock(Step step, Map<String, Node> given) {
        List<Flow> flow = new ArrayList<>(inner(step, given));
        Node catches = given.get("doCatch");
        if (catches != null) {
            int number = 0;
            for (Node block : Yaml.list(catches, step.field() + ".doCatch", step.findings())) {
                Step inner = new Step("doCatch", block, step.field() + ".doCatch[" + ++number + "]", step.findings());
                Map<String, Node> attributes = inner.attributes();
                allow(inner, attributes, Set.of("exception", "onWhen", STEPS));
                exceptions(attributes, inner.field(), inner.findings());
                onWhen(attributes, inner.field(), inner.findings());
                flow.add(new Flow.Sometimes(inner(inner, attributes)));
            }
        }
        block(step, given, "doFinally", Set.of(STEPS)).ifPresent(flow::addAll);
        return flow;
    }

    private Optional<List<Flow>> block(Step step, Map<String, Node> given, String name, Set<String> allowed) {
        Node node = given.get(name);
        if (node == null) {
            return Optional.empty();
        }
        Step inner = new Step(name, node, step.field() + "." + name, step.findings());
        Map<String, Node> attributes = inner.attributes();
        allow(inner, attributes, allowed);
        return Optional.of(inner(inner, attributes));
    }

    private static void allow(Step step, Map<String, Node> attributes, Set<String> allowed) {
        TreeSet<String> all = new TreeSet<>(allowed);
        all.addAll(EVERYWHERE);
        Yaml.allowOnly(all, attributes, step.field(), step.findings());
    }

    /** Names of exception classes: of text form only, they are compared and never made. */
    void exceptions(Map<String, Node> attributes, String field, Findings findings) {
        Node exception = attributes.get("exception");
        if (exception == null) {
            return;
        }
        for (Node name : Yaml.list(exception, field + ".exception", findings)) {
            String text = Yaml.scalar(name).orElse("");
            if (!CLASS_NAME.matcher(text).matches()) {
                findings.error(name, field + ".exception", text, "Write the full name of an exception class.");
            }
        }
    }

    void onWhen(Map<String, Node> attributes, String field, Findings findings) {
        Node condition = attributes.get("onWhen");
        if (condition != null) {
            Map<String, Node> inner = Yaml.map(condition, field + ".onWhen", findings);
            Yaml.allowOnly(withExpression(), inner, field + ".onWhen", findings);
            expressions.checkStep(inner, field + ".onWhen", findings);
        }
    }

    private void log(Step step, Map<String, Node> given) {
        Node message = given.get("message");
        if (message == null) {
            step.error(step.body(), "message", "", "The message is missing; write what the log is to say.");
            return;
        }
        String level = text(given, "loggingLevel");
        message(step, message, level.isEmpty() ? "INFO" : level);
    }

    private void message(Step step, Node message, String level) {
        String text = Yaml.scalar(message).orElse("");
        expressions.checkSimple(message, step.field() + ".message", text, step.findings());
        logged.logged(message, step.field() + ".message", level, step.findings());
    }

    private void name(Step step, Map<String, Node> given) {
        String name = text(given, "name");
        if (step.kind().equals("setHeader") && name.equals(RouteRules.TEMPLATE_HEADER)) {
            template(step, given);
            return;
        }
        logged.set(step.kind(), name, given, step.findings().place(step.body()));
        String lower = name.toLowerCase(Locale.ROOT);
        boolean reserved = RESERVED.stream().anyMatch(lower::startsWith) && !name.equals(GROUP);
        if (!NAME.matcher(name).matches() || reserved) {
            step.error(
                    given.getOrDefault("name", step.body()),
                    "name",
                    name,
                    "Choose a name of letters, digits, dash and underscore that does not begin with Camel, JMS or Collimator: those steer the engine (JMSXGroupID may be set).");
        }
    }

    /** Camel compares them with names as regular expressions, and before that as a name that may end in a star. */
    private void patterns(Step step, Map<String, Node> given) {
        for (String name : List.of("pattern", "excludePattern")) {
            String text = values.resolved(text(given, name));
            if (!text.endsWith("*")) {
                RegularExpression.problem(text)
                        .ifPresent(problem -> step.error(given.getOrDefault(name, step.body()), name, text, problem));
            }
        }
    }

    /** The one header of ours that a route sets. */
    private void template(Step step, Map<String, Node> given) {
        Node constant = given.get("constant");
        String template = constant == null ? "" : Yaml.scalar(constant).orElse("");
        if (!rules.templates().contains(template) && !(template.isEmpty() && constant != null)) {
            step.error(
                    constant == null ? step.body() : constant,
                    "constant",
                    template,
                    "There is no such template in mapping/templates; write constant with one of: %s."
                            .formatted(String.join(", ", new TreeSet<>(rules.templates()))));
        }
    }

    private static String text(Map<String, Node> given, String name) {
        Node node = given.get(name);
        return node == null ? "" : Yaml.scalar(node).orElse("");
    }
}
