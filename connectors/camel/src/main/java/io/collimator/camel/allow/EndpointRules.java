package io.collimator.camel.allow;

import io.collimator.camel.dicom.DicomOperation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Rules for {@code uri} and {@code parameters}: components by name, their harmless parameters, no query string. */
final class EndpointRules {

    private static final String URI = "uri";
    static final String PARAMETERS = "parameters";
    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9+.-]*)(?::(?://)?([^\\s?]*))?");
    private static final Pattern DIRECT_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final RouteRules rules;
    private final OptionValues values;

    EndpointRules(RouteRules rules, OptionValues values) {
        this.rules = rules;
        this.values = values;
    }

    /**
     * An endpoint that is allowed, as far as its component goes.
     *
     * @param parameters as they are written
     */
    record Endpoint(String scheme, String path, Map<String, Node> parameters) {

        /** What a producer of {@code dicom:} does; none for another component or a name that it does not have. */
        Optional<DicomOperation> dicomOperation() {
            return scheme.equals("dicom")
                    ? DicomOperation.ofPath(path).filter(DicomOperation::produces)
                    : Optional.empty();
        }
    }

    /** Checks the endpoint of a {@code from} (consumer) or a {@code to}. */
    Optional<Endpoint> check(Map<String, Node> attributes, Node owner, Position position) {
        Node uri = attributes.get(URI);
        if (uri == null) {
            position.error(owner, URI, "", "The endpoint is missing; write uri with a component and a name.");
            return Optional.empty();
        }
        String text = Yaml.scalar(uri).orElse("");
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            position.error(
                    uri,
                    URI,
                    text,
                    "This is no component:name; write the component as it is and its options under parameters, not behind a question mark.");
            return Optional.empty();
        }
        String scheme = form.group(1);
        Map<String, ComponentRule> allowed = position.consumer() ? ComponentRule.CONSUMERS : ComponentRule.PRODUCERS;
        ComponentRule rule = allowed.get(scheme);
        if (rule == null) {
            position.error(
                    uri,
                    URI,
                    text,
                    "Component %s is not allowed %s; allowed are: %s."
                            .formatted(
                                    scheme,
                                    position.consumer() ? "in from" : "to send to",
                                    String.join(", ", new TreeSet<>(allowed.keySet()))));
            return Optional.empty();
        }
        Endpoint endpoint =
                new Endpoint(scheme, Optional.ofNullable(form.group(2)).orElse(""), parameters(attributes, position));
        values.crossing(text).ifPresent(problem -> position.error(uri, URI, text, problem));
        checkPath(endpoint, uri, position);
        Optional<DicomOperation> dicom = position.consumer() ? Optional.empty() : endpoint.dicomOperation();
        checkParameters(dicom.map(DicomRules::of).orElse(rule), endpoint, attributes, position);
        dicom.ifPresent(operation -> DicomRules.check(operation, endpoint.parameters(), uri, position));
        return Optional.of(endpoint);
    }

    /** Where an endpoint stands. */
    record Position(boolean consumer, String path, Findings findings) {

        String field(String name) {
            return path + "." + name;
        }

        void error(Node node, String name, String value, String fix) {
            findings.error(node, field(name), value, fix);
        }
    }

    private void checkPath(Endpoint endpoint, Node uri, Position position) {
        String text = Yaml.scalar(uri).orElse("");
        switch (endpoint.scheme()) {
            case "dicom" -> {
                boolean known = DicomOperation.ofPath(endpoint.path())
                        .filter(operation -> position.consumer() ? operation.consumes() : operation.produces())
                        .isPresent();
                if (!known) {
                    position.error(
                            uri,
                            URI,
                            text,
                            "dicom has no such operation here; write dicom: and one of: %s."
                                    .formatted(DicomOperation.paths(position.consumer())));
                }
            }
            case "direct" -> {
                if (!DIRECT_NAME.matcher(endpoint.path()).matches()) {
                    position.error(
                            uri, URI, text, "Name the route to call, for instance direct:orders, without placeholder.");
                }
            }
            case "netty" -> {
                if (!endpoint.path().matches("tcp(://[^/]+)?")) {
                    position.error(
                            uri,
                            URI,
                            text,
                            "Only TCP is allowed; write netty:tcp, with host and port under parameters.");
                } else if (position.consumer()) {
                    values.checkListener(endpoint, uri, position);
                }
            }
            case "jms" -> rules.queues().ifPresent(queues -> JmsRules.check(queues, endpoint, uri, position));
            default -> {
                // the names of loggers are free
            }
        }
    }

    private static Map<String, Node> parameters(Map<String, Node> attributes, Position position) {
        Node parameters = attributes.get(PARAMETERS);
        return parameters == null
                ? Map.of()
                : new LinkedHashMap<>(Yaml.map(parameters, position.field(PARAMETERS), position.findings()));
    }

    private void checkParameters(
            ComponentRule rule, Endpoint endpoint, Map<String, Node> attributes, Position position) {
        Map<String, Node> given = endpoint.parameters();
        Node uri = Objects.requireNonNull(attributes.get(URI));
        Node parameters = attributes.get(PARAMETERS);
        given.forEach((name, value) -> checkParameter(rule, name, value, position));
        boolean noAddress = Yaml.scalar(uri).orElse("").equals("netty:tcp");
        for (String name : noAddress ? List.of("host", "port") : List.<String>of()) {
            if (!given.containsKey(name)) {
                position.error(uri, PARAMETERS + "." + name, "", "The parameter is missing; write host and port.");
            }
        }
        for (String name : new TreeSet<>(rule.required())) {
            if (!given.containsKey(name)) {
                position.error(
                        parameters == null ? uri : parameters,
                        PARAMETERS + "." + name,
                        "",
                        "The parameter is missing; write %s: \"%s\"."
                                .formatted(name, rule.fixed().get(name)));
            }
        }
    }

    private void checkParameter(ComponentRule rule, String name, Node node, Position position) {
        String field = PARAMETERS + "." + name;
        Optional<String> scalar = Yaml.scalar(node);
        if (scalar.isEmpty()) {
            position.error(node, field, Yaml.kind(node), "Write a single value.");
            return;
        }
        String value = scalar.get();
        if (!rule.allows(name)) {
            TreeSet<String> names = new TreeSet<>(rule.parameters());
            names.addAll(rule.fixed().keySet());
            position.error(
                    node,
                    field,
                    value,
                    "This parameter is not allowed; "
                            + (names.isEmpty()
                                    ? "the endpoint has none."
                                    : "allowed are: " + String.join(", ", names) + "."));
            return;
        }
        String fixed = rule.fixed().get(name);
        if (fixed != null && !fixed.equals(value)) {
            position.error(node, field, value, "Only one value is allowed; write %s: \"%s\".".formatted(name, fixed));
        } else if (fixed == null && isReference(value) && !rules.mayRefer(value.substring(1))) {
            position.error(
                    node,
                    field,
                    value,
                    "A reference may only name what the engine offers to routes; write a plain value.");
        } else {
            values.problem(name, value).ifPresent(problem -> position.error(node, field, value, problem));
        }
    }

    private boolean isReference(String value) {
        return values.resolved(value).contains("#");
    }
}
