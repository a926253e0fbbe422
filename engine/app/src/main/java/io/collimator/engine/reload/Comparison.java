package io.collimator.engine.reload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.mapping.MappingComparison;
import io.collimator.mapping.MappingSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a candidate mapping makes of messages, beside what the running one makes of them. Holds patient data.
 *
 * @param messages that were run
 * @param steps that the messages bring or change; one that several messages speak of counts once
 * @param differences only of messages that differ
 */
public record Comparison(int messages, int steps, List<Difference> differences) {

    /** More is counted and not listed: nobody reads it. */
    private static final int MAX_LISTED = 200;

    private static final String NO_STATION = "(no station)";

    public Comparison {
        differences = List.copyOf(differences);
    }

    /** A message that differs. */
    record Difference(String message, Trial running, Trial candidate, MappingComparison changes) {

        boolean changesNotices() {
            return !running.isRefused()
                    && !candidate.isRefused()
                    && !running.notices().equals(candidate.notices());
        }

        /** The step that the message brings under this number, told apart from others; empty when it brings none there. */
        Optional<String> stepKey(int step) {
            return Stream.of(running, candidate)
                    .map(Trial::stepKeys)
                    .filter(keys -> step <= keys.size())
                    .flatMap(keys -> keys.get(step - 1).stream())
                    .findFirst();
        }
    }

    /** Runs each message through both. */
    public static Comparison of(MappingTrial trial, MappingSet running, MappingSet candidate, List<Sample> samples) {
        List<Difference> differences = new ArrayList<>();
        Set<String> steps = new HashSet<>();
        for (Sample sample : samples) {
            Trial before = trial.run(running, sample);
            Trial after = trial.run(candidate, sample);
            (before.stepKeys().isEmpty() ? after : before).stepKeys().forEach(key -> key.ifPresent(steps::add));
            Difference difference = new Difference(sample.name(), before, after, before.compareTo(after));
            if (!difference.changes().isSame() || difference.changesNotices()) {
                differences.add(difference);
            }
        }
        return new Comparison(samples.size(), steps.size(), differences);
    }

    /** As the API tells it. */
    public JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("messages", messages);
        json.put("different", differences.size());
        json.put("steps", steps);
        json.put("stepsDifferent", stepsOf(difference -> difference.changes().steps()));
        json.put(
                "newlyAccepted",
                count(difference -> difference.running().isRefused()
                        && !difference.candidate().isRefused()));
        json.put(
                "newlyRefused",
                count(difference -> !difference.running().isRefused()
                        && difference.candidate().isRefused()));
        json.put(
                "accessionsChanged",
                stepsOf(difference -> difference.changes().accessions().stream()
                        .map(MappingComparison.AccessionChange::step)
                        .toList()));
        json.set("stations", stations());
        ArrayNode list = json.putArray("differences");
        differences.stream().limit(MAX_LISTED).forEach(difference -> list.add(json(difference)));
        return json;
    }

    private long count(Predicate<Difference> what) {
        return differences.stream().filter(what).count();
    }

    /** How many steps there are among these, each counted once however many messages speak of it. */
    private long stepsOf(Function<Difference, Collection<Integer>> stepsOf) {
        return differences.stream()
                .flatMap(difference ->
                        stepsOf.apply(difference).stream().flatMap(step -> difference.stepKey(step).stream()))
                .distinct()
                .count();
    }

    /** Steps that come to the list of a station and go from it. */
    private record Moves(Set<String> join, Set<String> leave) {}

    /** How many steps would join and leave the list of each station. */
    private JsonNode stations() {
        SortedMap<String, Moves> moves = new TreeMap<>();
        for (Difference difference : differences) {
            for (MappingComparison.ListChange change : difference.changes().lists()) {
                Moves ofStation =
                        moves.computeIfAbsent(station(change), any -> new Moves(new HashSet<>(), new HashSet<>()));
                difference
                        .stepKey(change.step())
                        .ifPresent((change.gains() ? ofStation.join() : ofStation.leave())::add);
            }
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        moves.forEach((station, ofStation) -> json.putObject(station)
                .put("join", ofStation.join().size())
                .put("leave", ofStation.leave().size()));
        return json;
    }

    private static String station(MappingComparison.ListChange change) {
        return change.station().isEmpty() ? NO_STATION : change.station();
    }

    private static JsonNode json(Difference difference) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("message", difference.message());
        json.put("kind", difference.candidate().kind());
        ArrayNode outcomes = json.putArray("outcomes");
        difference.changes().outcomes().forEach(outcomes::add);
        ArrayNode attributes = json.putArray("attributes");
        difference
                .changes()
                .attributes()
                .forEach(change -> attributes
                        .addObject()
                        .put("step", change.step())
                        .put("keyword", change.keyword())
                        .put("before", change.before())
                        .put("after", change.after())
                        .put("ruleBefore", change.ruleBefore())
                        .put("ruleAfter", change.ruleAfter()));
        ArrayNode lists = json.putArray("worklists");
        difference
                .changes()
                .lists()
                .forEach(change -> lists.addObject()
                        .put("step", change.step())
                        .put("station", station(change))
                        .put("joins", change.gains()));
        ArrayNode accessions = json.putArray("accessions");
        difference
                .changes()
                .accessions()
                .forEach(change -> accessions
                        .addObject()
                        .put("step", change.step())
                        .put("before", change.before())
                        .put("after", change.after()));
        json.set("notices", notices(difference));
        return json;
    }

    private static ArrayNode notices(Difference difference) {
        ArrayNode notices = JsonNodeFactory.instance.arrayNode();
        if (difference.changesNotices()) {
            List<String> before = difference.running().notices();
            List<String> after = difference.candidate().notices();
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                String old = i < before.size() ? before.get(i) : "";
                String changed = i < after.size() ? after.get(i) : "";
                if (!old.equals(changed)) {
                    notices.addObject().put("step", i + 1).put("before", old).put("after", changed);
                }
            }
        }
        return notices;
    }

    /** Without messages, which are patient data. */
    @Override
    public String toString() {
        return "Comparison[" + messages + " messages, " + differences.size() + " different]";
    }
}
