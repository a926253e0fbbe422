package io.collimator.hl7.outbound;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A message as it stands on our queue, its values raw: in our delimiters, with their escape sequences. */
final class QueuedMessage {

    /** The fields that {@link OrderStatusMessage} fills; a template can name no others. */
    static final Map<String, Set<Integer>> FIELDS = Map.of(
            "MSH", Set.of(3, 4, 5, 6, 7, 9, 10, 11, 12, 18),
            "PID", Set.of(2, 3, 4, 5, 7, 8, 18),
            "PV1", Set.of(2, 3, 7, 8, 10, 18, 19),
            "ORC", Set.of(1, 2, 3, 5, 9),
            "OBR", Set.of(1, 2, 3, 4, 18, 19, 20, 22, 24),
            "ZDS", Set.of(1));

    private static final String DELIMITERS = "MSH|^~\\&|";

    private final Map<String, List<String>> segments;

    private QueuedMessage(Map<String, List<String>> segments) {
        this.segments = segments;
    }

    /** @throws InvalidMessageException when it is not in the delimiters that we write */
    static QueuedMessage of(String er7) {
        if (!er7.startsWith(DELIMITERS)) {
            throw new InvalidMessageException(
                    "The queued message does not begin with %s; only status messages of the engine can be written by a template."
                            .formatted(DELIMITERS));
        }
        return new QueuedMessage(er7.lines()
                .flatMap(line -> Arrays.stream(line.split("\r")))
                .filter(line -> line.length() > 3)
                .collect(Collectors.toMap(
                        line -> line.substring(0, 3), QueuedMessage::fields, (first, second) -> first)));
    }

    /** So that the index is the field number, MSH-1 is put in as a field of its own. */
    private static List<String> fields(String line) {
        String counted = line.startsWith("MSH|") ? "MSH||" + line.substring(4) : line;
        return List.of(counted.split("\\|", -1));
    }

    /** A field as it stands, with repetitions; "" when it is not there. */
    String field(String segment, int field) {
        return Optional.ofNullable(segments.get(segment))
                .filter(fields -> field < fields.size())
                .map(fields -> fields.get(field))
                .orElse("");
    }

    /** A component of the first repetition as it stands. */
    String component(String segment, int field, int component) {
        String first = field(segment, field).split("~", -1)[0];
        String[] components = first.split("\\^", -1);
        return component <= components.length ? components[component - 1] : "";
    }
}
