package io.collimator.engine.wiring;

import io.collimator.camel.allow.RouteFile;
import io.collimator.engine.config.Problem;
import io.collimator.engine.config.Receiver;
import io.collimator.engine.config.Receivers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Route files that are written for the receivers: one that names {@code {{receiver.…}}} is there once for each of them. */
final class ReceiverRoutes {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(receiver\\.[A-Za-z0-9._-]*)}}");
    private static final String RECEIVERS_FILE = "config/receivers.yaml";

    /** Nobody, in whose place a file is checked while there are no receivers. */
    private static final Map<String, String> SAMPLE = Map.of(
            "receiver.name", "receiver",
            "receiver.queue", "collimator.status",
            "receiver.host", "localhost",
            "receiver.port", "2575",
            "receiver.connections", "1",
            "receiver.answer-timeout-millis", "1000",
            "receiver.template", "");

    private final Receivers receivers;
    private final List<RouteFile> files;

    /** @param files as they stand in the home */
    ReceiverRoutes(Receivers receivers, List<RouteFile> files) {
        this.receivers = receivers;
        this.files = List.copyOf(files);
    }

    List<RouteFile> files() {
        return files;
    }

    private static boolean isForReceivers(RouteFile file) {
        return PLACEHOLDER.matcher(file.text()).find();
    }

    /** The files to run. */
    List<RouteFile> toRun() {
        return filled(receivers.all().stream().map(ReceiverRoutes::values).toList());
    }

    /** The files to check: those to run, and one of each kind where there is no receiver. */
    List<RouteFile> toCheck() {
        return receivers.all().isEmpty() ? filled(List.of(SAMPLE)) : toRun();
    }

    private List<RouteFile> filled(List<Map<String, String>> values) {
        List<RouteFile> all = new ArrayList<>();
        for (RouteFile file : files) {
            if (isForReceivers(file)) {
                values.forEach(known -> all.add(new RouteFile(file.name(), filled(file.text(), known))));
            } else {
                all.add(file);
            }
        }
        return all;
    }

    private static String filled(String text, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }

    private static Map<String, String> values(Receiver receiver) {
        return Map.of(
                "receiver.name", receiver.name(),
                "receiver.queue", receiver.queue(),
                "receiver.host", receiver.line().host(),
                "receiver.port", Integer.toString(receiver.line().port()),
                "receiver.connections", Integer.toString(receiver.line().connections()),
                "receiver.answer-timeout-millis",
                        Long.toString(receiver.line().answerTimeout().toMillis()),
                "receiver.template", receiver.form().template());
    }

    /** What is named and there is not, and receivers that no file is for. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (RouteFile file : files) {
            List<String> lines = file.text().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                int line = i + 1;
                PLACEHOLDER
                        .matcher(lines.get(i))
                        .results()
                        .map(MatchResult::group)
                        .filter(found -> !SAMPLE.containsKey(found.substring(2, found.length() - 2)))
                        .forEach(found -> problems.add(new Problem(
                                file.name(),
                                line,
                                "placeholder",
                                found,
                                "is nothing that a receiver has; expected of {{%s}}."
                                        .formatted(String.join("}}, {{", new TreeMap<>(SAMPLE).keySet())))));
            }
        }
        if (!receivers.all().isEmpty() && files.stream().noneMatch(ReceiverRoutes::isForReceivers)) {
            problems.add(
                    new Problem(
                            RECEIVERS_FILE,
                            0,
                            "receivers",
                            "",
                            "names receivers that no route sends to; copy routes/70-deliver-to-receivers.camel.yaml from the distribution."));
        }
        return problems;
    }

    /** Templates that receivers name and there are not. */
    List<Problem> unknownTemplates(Set<String> templates) {
        return receivers.all().stream()
                .filter(one -> !one.form().template().isEmpty()
                        && !templates.contains(one.form().template()))
                .map(one -> new Problem(
                        RECEIVERS_FILE,
                        0,
                        "receivers.%s.template".formatted(one.name()),
                        one.form().template(),
                        "is no template of mapping/templates; expected one of %s."
                                .formatted(String.join(", ", new TreeSet<>(templates)))))
                .toList();
    }
}
