package io.collimator.camel.allow;

import io.collimator.camel.dicom.DicomOperation;
import io.collimator.camel.dicom.DicomOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/** Rules for what is sent to {@code dicom:}: each operation has its options, and they have their values. */
final class DicomRules {

    private static final String DIRECT = "direct:";

    private DicomRules() {}

    /** What may be written of an operation's producer. */
    static ComponentRule of(DicomOperation operation) {
        return new ComponentRule(
                Arrays.stream(DicomOption.values())
                        .filter(operation::takes)
                        .map(DicomOption::optionName)
                        .collect(Collectors.toUnmodifiableSet()),
                Map.of(),
                Set.of());
    }

    /** Checks that the options are there which must be, and the values of those that are. */
    static void check(DicomOperation operation, Map<String, Node> given, Node uri, EndpointRules.Position position) {
        operation.required().stream()
                .sorted(Comparator.comparing(DicomOption::optionName))
                .filter(option -> !given.containsKey(option.optionName()))
                .forEach(option -> position.error(
                        uri,
                        field(option),
                        "",
                        "dicom:%s needs this parameter; write %s.".formatted(operation.path(), option.expected())));
        given.forEach((name, node) -> DicomOption.ofName(name)
                .filter(operation::takes)
                .ifPresent(option -> {
                    String value = Yaml.scalar(node).orElse("");
                    if (!value.contains("{{") && !option.accepts(value)) {
                        position.error(node, field(option), value, "Write %s.".formatted(option.expected()));
                    }
                }));
    }

    private static String field(DicomOption option) {
        return EndpointRules.PARAMETERS + "." + option.optionName();
    }

    /** The {@code direct:} route that gets the instances of a {@code dicom:get}. */
    static Optional<String> receiver(Map<String, Node> parameters) {
        return Optional.ofNullable(parameters.get(DicomOption.RECEIVER.optionName()))
                .flatMap(Yaml::scalar)
                .filter(DicomOption.RECEIVER::accepts)
                .map(value -> value.substring(DIRECT.length()));
    }
}
