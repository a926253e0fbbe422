package io.collimator.camel.allow;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the engine gives to routes.
 *
 * @param beans the published beans by name
 * @param settings keys that {@code {{key}}} may name: every one with a value, defaults included
 * @param references registry names that a parameter may refer to by {@code #name}, beside the MLLP codec; each without #
 * @param templates what {@link #TEMPLATE_HEADER} may be set to
 * @param queues that {@code jms:} may name; empty: whatever it names
 */
public record RouteRules(
        Map<String, PublishedBean> beans,
        Set<String> settings,
        Set<String> references,
        Set<String> templates,
        Optional<QueueNames> queues) {

    /** Registry name of the MLLP decoder of camel-netty. */
    public static final String MLLP_DECODER = "mllpDecoder";

    /** Registry name of the MLLP encoder of camel-netty. */
    public static final String MLLP_ENCODER = "mllpEncoder";

    /** The bean of routes that deliver notices. */
    public static final String OUTBOUND = "outbound";

    /** Header that names the template of an outgoing message. */
    public static final String TEMPLATE_HEADER = "CollimatorTemplate";

    public RouteRules {
        beans = Map.copyOf(beans);
        settings = Set.copyOf(settings);
        references = Set.copyOf(references);
        templates = Set.copyOf(templates);
    }

    public static RouteRules of(
            Collection<PublishedBean> beans, Collection<String> settings, Collection<String> references) {
        return new RouteRules(
                beans.stream().collect(Collectors.toMap(PublishedBean::name, Function.identity())),
                Set.copyOf(settings),
                Set.copyOf(references),
                Set.of(),
                Optional.empty());
    }

    /** These rules, with templates that outgoing messages may be written by. */
    public RouteRules withTemplates(Collection<String> names) {
        return new RouteRules(beans, settings, references, Set.copyOf(names), queues);
    }

    /** These rules, with the queues that there are. */
    public RouteRules withQueues(QueueNames names) {
        return new RouteRules(beans, settings, references, templates, Optional.of(names));
    }

    /** The values of {@link #settings}, as far as they are known. */
    Map<String, String> values() {
        return queues.map(QueueNames::settings).orElse(Map.of());
    }

    boolean mayRefer(String name) {
        return name.equals(MLLP_DECODER) || name.equals(MLLP_ENCODER) || references.contains(name);
    }

    String beanNames() {
        return String.join(", ", new TreeMap<>(beans).keySet());
    }

    /** The steps before and after the one that sends a notice, as {@code bean.method}; none without such a bean. */
    List<String> stepsOfDelivery() {
        return beans.containsKey(OUTBOUND) ? List.of(OUTBOUND + ".write", OUTBOUND + ".accepted") : List.of();
    }

    /** The methods that are the step of an intake, as {@code bean.method}. */
    Set<String> stepsOf(Intake intake) {
        Set<String> steps = new TreeSet<>();
        beans.values()
                .forEach(bean -> bean.methods().forEach((method, intakes) -> {
                    if (intakes.contains(intake)) {
                        steps.add(bean.name() + "." + method);
                    }
                }));
        return steps;
    }
}
