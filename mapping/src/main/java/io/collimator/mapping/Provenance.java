package io.collimator.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Why attributes have their values, and why keys of the worklist have none. Immutable. */
public final class Provenance {

    private final Definition definition;
    private final List<Explanation> explanations;
    private final Fate[] fates;
    private final List<Unknown> unknownCodes;

    /** A code that a table does not have, with table and field. */
    record Unknown(String table, String source, String code) {
        String text() {
            return table + " " + source + " " + code;
        }
    }

    /** What became of a rule. */
    enum Fate {
        MADE,
        CLEARED,
        SUPERSEDED,
        CONDITION_FALSE,
        SOURCE_EMPTY,
        NOT_IN_TABLE,
        UNREADABLE
    }

    Provenance(Definition definition, List<Explanation> explanations, Fate[] fates, List<Unknown> unknownCodes) {
        this.definition = definition;
        this.explanations = List.copyOf(explanations);
        this.fates = Arrays.copyOf(fates, fates.length);
        this.unknownCodes = List.copyOf(unknownCodes);
    }

    /** Of a step that several groups of a message bring: what one of them made is made. */
    static Provenance joined(List<Provenance> groups, List<Explanation> explanations) {
        Provenance first = groups.get(0);
        Fate[] fates = Arrays.copyOf(first.fates, first.fates.length);
        List<Unknown> unknownCodes = new ArrayList<>();
        for (Provenance group : groups) {
            unknownCodes.addAll(group.unknownCodes);
            for (int i = 0; i < fates.length; i++) {
                fates[i] = group.fates[i] == Fate.MADE ? Fate.MADE : fates[i];
            }
        }
        return new Provenance(
                first.definition,
                explanations,
                fates,
                unknownCodes.stream().distinct().toList());
    }

    /** One for each attribute that was made, in the order of the rules. */
    public List<Explanation> explanations() {
        return explanations;
    }

    /** Name of the definition whose rules ran. */
    public String definition() {
        return definition.name();
    }

    /** The keys of PS3.4 Table K.6-1 that got no value from this message, in the order of the table. */
    public List<EmptyKey> emptyKeys() {
        Map<String, Integer> last = new HashMap<>();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < fates.length; i++) {
            String keyword = definition.rules().get(i).target().name();
            if (fates[i] == Fate.MADE) {
                made.add(keyword);
            } else if (fates[i] != Fate.SUPERSEDED) {
                last.merge(keyword, i, (one, other) -> fates[one].compareTo(fates[other]) > 0 ? one : other);
            }
        }
        List<EmptyKey> empty = new ArrayList<>();
        for (String keyword : WorklistKeys.ALL) {
            if (!made.contains(keyword)) {
                empty.add(last.containsKey(keyword) ? emptyKey(keyword, last.get(keyword)) : withoutRule(keyword));
            }
        }
        return empty;
    }

    private static EmptyKey withoutRule(String keyword) {
        return WorklistKeys.BY_ENGINE.contains(keyword)
                ? new EmptyKey(keyword, EmptyKey.Reason.BY_ENGINE, "", "the engine fills it")
                : new EmptyKey(keyword, EmptyKey.Reason.NO_RULE, "", "no rule makes it");
    }

    private EmptyKey emptyKey(String keyword, int index) {
        Rule rule = definition.rules().get(index);
        String fields = rule.sources().stream().map(Source::text).collect(Collectors.joining(", "));
        return switch (fates[index]) {
            case CLEARED -> new EmptyKey(keyword, EmptyKey.Reason.CLEARED, rule.id(), "the message deletes it");
            case CONDITION_FALSE ->
                new EmptyKey(
                        keyword,
                        EmptyKey.Reason.CONDITION_FALSE,
                        rule.id(),
                        "its condition does not hold: "
                                + rule.conditions().stream()
                                        .map(Condition::text)
                                        .collect(Collectors.joining(" and ")));
            case NOT_IN_TABLE ->
                new EmptyKey(
                        keyword,
                        EmptyKey.Reason.NOT_IN_TABLE,
                        rule.id(),
                        rule.lookup()
                                .map(lookup -> notInTable(lookup.table(), fields))
                                .orElse(""));
            case UNREADABLE ->
                new EmptyKey(
                        keyword, EmptyKey.Reason.UNREADABLE, rule.id(), fields + " could not be used; see warnings");
            default ->
                new EmptyKey(
                        keyword,
                        EmptyKey.Reason.SOURCE_EMPTY,
                        rule.id(),
                        "not sent: " + fields
                                + (WorklistKeys.BY_ENGINE_IF_EMPTY.contains(keyword) ? "; the engine fills it" : ""));
        };
    }

    private String notInTable(ValueTable table, String fields) {
        List<String> codes = unknownCodes.stream()
                .filter(unknown -> unknown.table().equals(table.name()))
                .map(unknown -> "\"%s\" of %s".formatted(unknown.code(), unknown.source()))
                .distinct()
                .toList();
        return codes.isEmpty()
                ? "%s says nothing for the code in %s".formatted(table.file(), fields)
                : "%s has no row for the code %s".formatted(table.file(), String.join(" and ", codes));
    }

    /** Codes that came and are in no row of their table, whatever became of them. */
    List<Unknown> unknownCodes() {
        return unknownCodes;
    }

    /** The rules that made something, or would have. */
    List<Rule> hits() {
        List<Rule> hits = new ArrayList<>();
        for (int i = 0; i < fates.length; i++) {
            if (fates[i] == Fate.MADE || fates[i] == Fate.CLEARED) {
                hits.add(definition.rules().get(i));
            }
        }
        return hits;
    }

    /** The number of attributes: their values are patient data. */
    @Override
    public String toString() {
        return "Provenance[" + definition.name() + " " + explanations.size() + "]";
    }
}
