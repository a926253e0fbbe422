package io.collimator.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Why attributes have their values, and why keys of the worklist have none. Immutable. */
public final class Provenance {

    private final Definition definition;
    private final List<Explanation> explanations;
    private final Fate[] fates;
    private final Tried tried;

    /**
     * What the sources were asked for in vain.
     *
     * @param trials in the order of the rules
     */
    record Tried(List<Trial> trials, List<Unknown> unknownCodes) {
        Tried {
            trials = List.copyOf(trials);
            unknownCodes = List.copyOf(unknownCodes);
        }
    }

    /** A code that a table does not have, with table and field. */
    record Unknown(String table, String source, String code) {
        String text() {
            return table + " " + source + " " + code;
        }
    }

    /** What became of a rule, or of one of its sources. */
    enum Fate {
        MADE,
        /** There is no value now: the message deletes it, or the source says that there is none. */
        CLEARED,
        /** A table, or a date without time, says that there is no value. */
        EMPTIED,
        SUPERSEDED,
        CONDITION_FALSE,
        SOURCE_EMPTY,
        /** Sent, but not in the first repetition or segment. */
        NOT_FIRST,
        /** Sent, but without the part that the value is made of. */
        NOTHING_USABLE,
        NOT_IN_TABLE,
        /** The row of the code says nothing of the attribute. */
        ROW_SILENT,
        /** A duration, and no start to count it from. */
        NO_START,
        UNREADABLE
    }

    Provenance(Definition definition, List<Explanation> explanations, Fate[] fates, Tried tried) {
        this.definition = definition;
        this.explanations = List.copyOf(explanations);
        this.fates = Arrays.copyOf(fates, fates.length);
        this.tried = tried;
    }

    /** Of a step that several groups of a message bring: what one of them made is made. */
    static Provenance joined(List<Provenance> groups, List<Explanation> explanations) {
        Provenance first = groups.get(0);
        Fate[] fates = Arrays.copyOf(first.fates, first.fates.length);
        List<Trial> trials = new ArrayList<>();
        List<Unknown> unknownCodes = new ArrayList<>();
        for (Provenance group : groups) {
            trials.addAll(group.tried.trials());
            unknownCodes.addAll(group.tried.unknownCodes());
            for (int i = 0; i < fates.length; i++) {
                fates[i] = group.fates[i] == Fate.MADE ? Fate.MADE : fates[i];
            }
        }
        return new Provenance(
                first.definition,
                explanations,
                fates,
                new Tried(
                        trials.stream().distinct().toList(),
                        unknownCodes.stream().distinct().toList()));
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
        Set<String> made = new HashSet<>();
        Map<String, List<Integer>> asked = new HashMap<>();
        for (int i = 0; i < fates.length; i++) {
            String keyword = definition.rules().get(i).target().name();
            if (fates[i] == Fate.MADE) {
                made.add(keyword);
            } else if (fates[i] != Fate.SUPERSEDED) {
                asked.computeIfAbsent(keyword, key -> new ArrayList<>()).add(i);
            }
        }
        List<EmptyKey> empty = new ArrayList<>();
        for (String keyword : WorklistKeys.ALL) {
            if (!made.contains(keyword)) {
                empty.add(asked.containsKey(keyword) ? emptyKey(keyword, asked.get(keyword)) : withoutRule(keyword));
            }
        }
        return empty;
    }

    private static EmptyKey withoutRule(String keyword) {
        return WorklistKeys.BY_ENGINE.contains(keyword)
                ? new EmptyKey(keyword, EmptyKey.Reason.BY_ENGINE, "", "the engine fills it")
                : new EmptyKey(keyword, EmptyKey.Reason.NO_RULE, "", "no rule makes it");
    }

    /** Every reason there is; that of the last source that was sent, else of the last rule, stands for all. */
    private EmptyKey emptyKey(String keyword, List<Integer> rules) {
        Set<String> texts = new LinkedHashSet<>();
        EmptyKey.Reason reason = EmptyKey.Reason.SOURCE_EMPTY;
        Rule last = definition.rules().get(rules.get(rules.size() - 1));
        for (int index : rules) {
            Rule rule = definition.rules().get(index);
            if (fates[index] == Fate.CONDITION_FALSE) {
                texts.add("its condition does not hold: "
                        + rule.conditions().stream().map(Condition::text).collect(Collectors.joining(" and ")));
                reason = reason == EmptyKey.Reason.SOURCE_EMPTY ? EmptyKey.Reason.CONDITION_FALSE : reason;
                continue;
            }
            for (Trial trial : tried.trials()) {
                if (trial.rule() == index) {
                    texts.add(text(trial, rule));
                    reason = reason(trial.fate());
                    last = rule;
                }
            }
        }
        if (texts.isEmpty()) {
            texts.add("not sent: "
                    + rules.stream()
                            .flatMap(index -> definition.rules().get(index).sources().stream())
                            .map(Source::text)
                            .distinct()
                            .collect(Collectors.joining(", "))
                    + (WorklistKeys.BY_ENGINE_IF_EMPTY.contains(keyword) ? "; the engine fills it" : ""));
        }
        return new EmptyKey(keyword, reason, last.id(), String.join("; ", texts));
    }

    private static EmptyKey.Reason reason(Fate fate) {
        return switch (fate) {
            case CLEARED -> EmptyKey.Reason.CLEARED;
            case EMPTIED -> EmptyKey.Reason.EMPTIED;
            case NOT_IN_TABLE, ROW_SILENT -> EmptyKey.Reason.NOT_IN_TABLE;
            case UNREADABLE, NO_START -> EmptyKey.Reason.UNREADABLE;
            default -> EmptyKey.Reason.NOTHING_USABLE;
        };
    }

    private static String text(Trial trial, Rule rule) {
        String source = trial.source().text();
        String table = rule.lookup().map(lookup -> lookup.table().file()).orElse("");
        String row = trial.row()
                .flatMap(found -> rule.lookup().map(lookup -> lookup.table().place(found)))
                .orElse("");
        String column = rule.lookup().map(Rule.Lookup::column).orElse("");
        return switch (trial.fate()) {
            case CLEARED -> "the message deletes it: %s is \"\"".formatted(source);
            case EMPTIED ->
                row.isEmpty()
                        ? "%s says that there is none".formatted(source)
                        : "%s says that there is none for the code \"%s\" of %s".formatted(row, trial.code(), source);
            case NOT_IN_TABLE -> "%s has no row for the code \"%s\" of %s".formatted(table, trial.code(), source);
            case ROW_SILENT ->
                "%s says nothing in column %s for the code \"%s\" of %s".formatted(row, column, trial.code(), source);
            case NO_START -> "there is no start to count the minutes of %s from".formatted(row);
            case UNREADABLE -> "%s could not be used; see warnings".formatted(source);
            case NOT_FIRST -> "%s was sent, but not in the first of several; see warnings".formatted(source);
            default ->
                "%s was sent, but holds nothing that %s reads"
                        .formatted(
                                source,
                                rule.lookup().isPresent()
                                        ? table
                                        : rule.conversion()
                                                .map(Conversion::label)
                                                .orElse("the rule"));
        };
    }

    /** Codes that came and are in no row of their table, whatever became of them. */
    List<Unknown> unknownCodes() {
        return tried.unknownCodes();
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
