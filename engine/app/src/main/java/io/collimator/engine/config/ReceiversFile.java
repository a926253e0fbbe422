package io.collimator.engine.config;

import io.collimator.mapping.EditDistance;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.result.ResultStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The YAML file of the receivers. */
final class ReceiversFile {

    /** Each has a queue, a route with connections, and rows in every metric of destinations. */
    static final int MAX = 32;

    private static final String ROOT = "receivers";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

    /** Names of destinations that there are anyway. */
    private static final Set<String> TAKEN = Set.of("status-delivery", "results-delivery", "archive", "refill");

    /** Destinations of further archives begin with it. */
    private static final String OF_ARCHIVES = "archive-";

    private static final Set<String> KEYS = new TreeSet<>(Set.of(
            "description",
            "takes",
            "host",
            "port",
            "connections",
            "answerTimeoutSeconds",
            "template",
            "receivingApplication",
            "receivingFacility",
            "sendingApplication",
            "sendingFacility",
            "eventTypes",
            "alarmAfterSeconds",
            "parkAfterMinutes"));

    /** Keys that mean something for notices alone, and those for order statuses alone. */
    private static final List<String> OF_NOTICES = List.of("sendingApplication", "sendingFacility", "eventTypes");

    private static final List<String> OF_STATUSES = List.of("template", "receivingApplication", "receivingFacility");

    private static final String STATUS = "status";
    private static final int DEFAULT_CONNECTIONS = 4;
    private static final int DEFAULT_ANSWER_SECONDS = 20;
    private static final int MAX_CONNECTIONS = 64;
    private static final int MAX_ANSWER_SECONDS = 600;
    private static final int MAX_ALARM_SECONDS = 86_400;
    private static final int MAX_PARK_MINUTES = 10_080;

    private final Home home;
    private final EngineSettings settings;
    private final List<Problem> problems;
    private final Map<String, String> takers = new HashMap<>();

    ReceiversFile(Home home, EngineSettings settings, List<Problem> problems) {
        this.home = home;
        this.settings = settings;
        this.problems = problems;
    }

    Receivers read() {
        List<Receiver> receivers = new ArrayList<>();
        YamlFile.read(home, home.receivers(), "holds nothing; write \"receivers: {}\" when there are none.", problems)
                .ifPresent(root -> {
                    root.allow(Set.of(ROOT));
                    root.map(ROOT)
                            .ifPresent(list ->
                                    list.keys().forEach(name -> read(list, name).ifPresent(receivers::add)));
                    if (receivers.size() > MAX) {
                        root.report(
                                ROOT,
                                String.valueOf(receivers.size()),
                                "are too many receivers; at most %d are served.".formatted(MAX));
                    }
                });
        return new Receivers(receivers);
    }

    private Optional<Receiver> read(YamlMap list, String name) {
        int before = problems.size();
        if (!NAME.matcher(name).matches() || TAKEN.contains(name) || name.startsWith(OF_ARCHIVES)) {
            list.report(
                    name,
                    "",
                    "is no name for a receiver; write 1 to 40 letters, digits, dots, dashes and underscores, none of: %s, %s…"
                            .formatted(String.join(", ", new TreeSet<>(TAKEN)), OF_ARCHIVES));
        }
        YamlMap row = list.map(name).orElseThrow();
        row.allow(KEYS);
        String takes = takes(row, name);
        Receiver receiver = new Receiver(
                name,
                takes,
                line(row),
                new Receiver.Form(
                        row.text("template"), row.text("receivingApplication"), row.text("receivingFacility")),
                wants(row, takes),
                new Receiver.Patience(
                        Duration.ofSeconds(number(
                                row,
                                "alarmAfterSeconds",
                                MAX_ALARM_SECONDS,
                                settings.forwarding().alarmAfter().toSeconds())),
                        Duration.ofMinutes(number(
                                row,
                                "parkAfterMinutes",
                                MAX_PARK_MINUTES,
                                settings.forwarding().parkAfter().toMinutes()))));
        return problems.size() > before ? Optional.empty() : Optional.of(receiver);
    }

    /** The name of the queue. */
    private String takes(YamlMap row, String name) {
        String takes = row.text("takes");
        String notices = Receivers.NOTICES.get(takes);
        Stream<String> keys = takes.equals(STATUS)
                ? Stream.of()
                : notices != null ? OF_STATUSES.stream() : Stream.concat(OF_STATUSES.stream(), OF_NOTICES.stream());
        keys.filter(row.keys()::contains)
                .forEach(key -> row.report(
                        key,
                        "",
                        "means something for a receiver that takes %s; leave it out."
                                .formatted(OF_STATUSES.contains(key) ? STATUS : "status or results")));
        if (notices != null) {
            return notices;
        }
        Set<String> known = new TreeSet<>(Receivers.NOTICES.keySet());
        known.addAll(settings.jms().queues());
        if (!settings.jms().queues().contains(takes)) {
            row.report(
                    "takes",
                    takes,
                    "is nothing that a receiver can take; expected one of %s.%s A queue of the site stands in collimator.jms.queues."
                            .formatted(String.join(", ", known), EditDistance.hint(known, takes)));
            return takes;
        }
        String other = takers.putIfAbsent(takes, name);
        if (other != null) {
            row.report(
                    "takes",
                    takes,
                    "is taken by receiver %s already, and a message goes to one of the two; give each a queue of its own."
                            .formatted(other));
        }
        return takes;
    }

    private static Receiver.Line line(YamlMap row) {
        String host = row.text("host");
        if (!Addresses.isHost(host)) {
            row.report("host", host, "is not valid; expected %s.".formatted(Addresses.HOST));
        }
        int port = row.integer("port", 1, 65_535);
        if (row.text("port").isEmpty()) {
            row.report("port", "", "is missing; expected the MLLP port of the receiver.");
        }
        return new Receiver.Line(
                host,
                port,
                number(row, "connections", MAX_CONNECTIONS, DEFAULT_CONNECTIONS),
                Duration.ofSeconds(number(row, "answerTimeoutSeconds", MAX_ANSWER_SECONDS, DEFAULT_ANSWER_SECONDS)));
    }

    private static int number(YamlMap row, String key, int max, long otherwise) {
        return row.text(key).isEmpty() ? Math.toIntExact(otherwise) : row.integer(key, 1, max);
    }

    private static Receiver.Wants wants(YamlMap row, String takes) {
        Set<String> known = eventTypes(takes);
        for (YamlMap.Item item : row.items("eventTypes")) {
            if (!known.isEmpty() && !known.contains(item.text())) {
                row.report(
                        "eventTypes",
                        item,
                        "is no event type of %s; expected of %s.%s"
                                .formatted(takes, String.join(", ", known), EditDistance.hint(known, item.text())));
            }
        }
        return new Receiver.Wants(
                row.texts("sendingApplication"), row.texts("sendingFacility"), row.texts("eventTypes"));
    }

    private static Set<String> eventTypes(String queue) {
        Stream<String> types = queue.equals(Receivers.NOTICES.get(STATUS))
                ? Stream.of(ProcedureState.values())
                        .map(state -> "status." + state.name().toLowerCase(Locale.ROOT))
                : Receivers.NOTICES.containsValue(queue)
                        ? Stream.of(ResultStatus.values()).map(status -> "result." + status.label())
                        : Stream.of();
        return types.collect(Collectors.toCollection(TreeSet::new));
    }
}
