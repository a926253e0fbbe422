package io.collimator.camel.allow;

import io.collimator.camel.allow.EndpointRules.Endpoint;
import io.collimator.camel.allow.EndpointRules.Position;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Rules for what {@code jms:} names: a queue that there is, in any of the forms that Camel reads. */
final class JmsRules {

    private static final Pattern DESTINATION = Pattern.compile("(?:(queue|topic|temp-queue|temp-topic):(?://)?)?(.*)");
    private static final String URI = "uri";
    private static final String TYPE = "destinationType";
    private static final String NAME = "destinationName";

    private JmsRules() {}

    /** Checks the destination of an endpoint of {@code jms:}. */
    static void check(QueueNames queues, Endpoint endpoint, Node uri, Position position) {
        Map<String, Node> parameters = endpoint.parameters();
        Matcher form = DESTINATION.matcher(Placeholders.resolved(endpoint.path(), queues.settings()));
        String type = "";
        String name = "";
        if (form.matches()) {
            type = form.group(1) == null ? "" : form.group(1);
            name = form.group(2);
        }
        Node place = uri;
        String field = URI;
        if (parameters.containsKey(TYPE)) {
            type = Placeholders.resolved(Yaml.scalar(parameters.get(TYPE)).orElse(""), queues.settings());
        }
        if (parameters.containsKey(NAME)) {
            place = parameters.get(NAME);
            field = EndpointRules.PARAMETERS + "." + NAME;
            name = Placeholders.resolved(Yaml.scalar(place).orElse(""), queues.settings());
        }
        if (!type.isEmpty() && !type.toLowerCase(Locale.ROOT).equals("queue")) {
            position.error(
                    uri, URI, Yaml.scalar(uri).orElse(""), "Only queues are served; write jms:queue: and a name.");
        } else if (!queues.known().contains(name)) {
            position.error(place, field, name, advice(queues, name));
        }
    }

    private static String advice(QueueNames queues, String name) {
        String meant = name.isEmpty()
                ? ""
                : queues.nearest()
                        .apply(name)
                        .map(near -> " Did you mean %s?".formatted(near))
                        .orElse("");
        return "There is no such queue.%s There are: %s. Correct the name, or add it to collimator.jms.queues in config/application.properties."
                .formatted(meant, String.join(", ", new TreeSet<>(queues.known())));
    }
}
