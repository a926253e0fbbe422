package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a candidate mapping would make different of one message. Values are patient data.
 *
 * @param attributes that differ, step by step
 * @param lists which worklists a step would join or leave
 * @param accessions steps that the candidate files under another accession number
 * @param outcomes what else differs: refused or not, how many steps, which action
 */
public record MappingComparison(
        List<AttributeChange> attributes,
        List<ListChange> lists,
        List<AccessionChange> accessions,
        List<String> outcomes) {

    private static final String NO_STATION = "";

    public MappingComparison {
        attributes = List.copyOf(attributes);
        lists = List.copyOf(lists);
        accessions = List.copyOf(accessions);
        outcomes = List.copyOf(outcomes);
    }

    /**
     * An attribute that differs.
     *
     * @param step which step of the message, from 1
     * @param keyword keywords joined by dots
     * @param before value by the running mapping, "" for none
     * @param after value by the candidate, "" for none
     * @param ruleBefore rule of the running mapping, "" for none
     * @param ruleAfter rule of the candidate, "" for none
     */
    public record AttributeChange(
            int step, String keyword, String before, String after, String ruleBefore, String ruleAfter) {

        /** Without values, which may be patient data. */
        @Override
        public String toString() {
            return "AttributeChange[" + step + " " + keyword + " " + ruleBefore + " -> " + ruleAfter + "]";
        }
    }

    /**
     * A step on another list.
     *
     * @param station AE title of the list, "" for steps without a station
     * @param gains whether the list gains the step; else it loses it
     */
    public record ListChange(int step, String station, boolean gains) {}

    /**
     * A step whose order, if it is stored under the number before, could not be changed any more: an accession number never
     * changes.
     *
     * @param before accession number by the running mapping
     * @param after accession number by the candidate
     */
    public record AccessionChange(int step, String before, String after) {}

    /** Nothing differs. */
    public boolean isSame() {
        return attributes.isEmpty() && lists.isEmpty() && accessions.isEmpty() && outcomes.isEmpty();
    }

    /** With more that differs. */
    public MappingComparison withOutcomes(List<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(outcomes);
        all.addAll(more);
        return new MappingComparison(attributes, lists, accessions, all);
    }

    /** The steps of the message, from 1, in which something differs. */
    public Set<Integer> steps() {
        Set<Integer> steps = new TreeSet<>();
        attributes.forEach(change -> steps.add(change.step()));
        lists.forEach(change -> steps.add(change.step()));
        accessions.forEach(change -> steps.add(change.step()));
        return steps;
    }

    /** Two readings of the same order message. */
    public static MappingComparison compare(MappedMessage running, MappedMessage candidate) {
        List<String> outcomes = new ArrayList<>();
        int before = running.steps().size();
        int after = candidate.steps().size();
        if (before != after) {
            outcomes.add("%d steps, were %d".formatted(after, before));
        }
        List<AttributeChange> attributes = new ArrayList<>();
        List<ListChange> lists = new ArrayList<>();
        List<AccessionChange> accessions = new ArrayList<>();
        for (int i = 0; i < Math.max(before, after); i++) {
            Optional<MappedStep> old = i < before ? Optional.of(running.steps().get(i)) : Optional.empty();
            Optional<MappedStep> made =
                    i < after ? Optional.of(candidate.steps().get(i)) : Optional.empty();
            compareRows(i + 1, old, made, outcomes);
            compareAttributes(i + 1, provenance(old), provenance(made), attributes);
            compareLists(i + 1, old, made, lists);
            compareAccessions(i + 1, old, made, accessions);
        }
        return new MappingComparison(attributes, lists, accessions, outcomes);
    }

    /**
     * Two readings of the same order message, at least one of which the engine would refuse: that one stands on no worklist.
     *
     * @param refusals text of the running reading's and of the candidate's refusal, "" for one that it takes
     */
    public static MappingComparison compare(MappedMessage running, MappedMessage candidate, List<String> refusals) {
        MappingComparison read = compare(running, candidate);
        List<ListChange> lists = new ArrayList<>();
        int count = Math.max(running.steps().size(), candidate.steps().size());
        for (int i = 0; i < count; i++) {
            compareLists(i + 1, taken(running, refusals.get(0), i), taken(candidate, refusals.get(1), i), lists);
        }
        List<String> outcomes =
                new ArrayList<>(ofRefusals(refusals.get(0), refusals.get(1)).outcomes());
        outcomes.addAll(read.outcomes());
        return new MappingComparison(read.attributes(), lists, List.of(), outcomes);
    }

    private static Optional<MappedStep> taken(MappedMessage mapped, String refusal, int index) {
        return refusal.isEmpty() && index < mapped.steps().size()
                ? Optional.of(mapped.steps().get(index))
                : Optional.empty();
    }

    /** Two readings of the same ADT message. */
    public static MappingComparison compare(MappedPatients running, MappedPatients candidate) {
        return compareAll(
                "patient",
                running.patients().stream().map(MappedPatient::provenance).toList(),
                candidate.patients().stream().map(MappedPatient::provenance).toList());
    }

    /** Two readings of the same scheduling message. */
    public static MappingComparison compare(MappedAppointment running, MappedAppointment candidate) {
        return compareAll(
                "order",
                running.items().stream().map(AppointmentItem::provenance).toList(),
                candidate.items().stream().map(AppointmentItem::provenance).toList());
    }

    private static MappingComparison compareAll(String what, List<Provenance> before, List<Provenance> after) {
        List<AttributeChange> attributes = new ArrayList<>();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            compareAttributes(
                    i + 1,
                    i < before.size() ? Optional.of(before.get(i)) : Optional.empty(),
                    i < after.size() ? Optional.of(after.get(i)) : Optional.empty(),
                    attributes);
        }
        List<String> outcomes = before.size() == after.size()
                ? List.of()
                : List.of("%ss: %d, were %d".formatted(what, after.size(), before.size()));
        return new MappingComparison(attributes, List.of(), List.of(), outcomes);
    }

    /** The comparison when at least one of the two refuses the message; both texts "" would be two that take it. */
    public static MappingComparison ofRefusals(String running, String candidate) {
        if (running.equals(candidate)) {
            return new MappingComparison(List.of(), List.of(), List.of(), List.of());
        }
        String text = running.isEmpty()
                ? "refused: " + candidate
                : candidate.isEmpty()
                        ? "taken, was refused: " + running
                        : "refused: %s, was: %s".formatted(candidate, running);
        return new MappingComparison(List.of(), List.of(), List.of(), List.of(text));
    }

    private static Optional<Provenance> provenance(Optional<MappedStep> step) {
        return step.map(MappedStep::provenance);
    }

    private static void compareRows(
            int step, Optional<MappedStep> old, Optional<MappedStep> made, List<String> outcomes) {
        if (old.isEmpty() || made.isEmpty()) {
            return;
        }
        OrderControlRow before = old.get().event().row();
        OrderControlRow after = made.get().event().row();
        if (before.action() != after.action() || !before.stepStatus().equals(after.stepStatus())) {
            outcomes.add("step %d: %s, was %s".formatted(step, shown(after), shown(before)));
        }
        if (!replies(before).equals(replies(after))) {
            outcomes.add("step %d: answered %s, was %s".formatted(step, replies(after), replies(before)));
        }
    }

    /** ORC-1 of the order response when it was done and when it was not. */
    private static String replies(OrderControlRow row) {
        return row.acceptedReply() + "/" + row.refusedReply();
    }

    private static String shown(OrderControlRow row) {
        return row.stepStatus().isEmpty() ? row.action().name() : row.action() + " " + row.stepStatus();
    }

    private static void compareAttributes(
            int step, Optional<Provenance> old, Optional<Provenance> made, List<AttributeChange> changes) {
        Map<String, List<Explanation>> before = byKeyword(old);
        Map<String, List<Explanation>> after = byKeyword(made);
        Set<String> keywords = new TreeSet<>(before.keySet());
        keywords.addAll(after.keySet());
        for (String keyword : keywords) {
            List<Explanation> was = before.getOrDefault(keyword, List.of());
            List<Explanation> is = after.getOrDefault(keyword, List.of());
            if (!values(was).equals(values(is)) || was.isEmpty() != is.isEmpty() || standsIn(was) != standsIn(is)) {
                changes.add(new AttributeChange(step, keyword, values(was), values(is), rules(was), rules(is)));
            }
        }
    }

    private static String values(List<Explanation> explanations) {
        return explanations.stream().map(Explanation::value).collect(Collectors.joining(" "));
    }

    private static String rules(List<Explanation> explanations) {
        return explanations.stream().map(Explanation::ruleId).distinct().collect(Collectors.joining(", "));
    }

    /** Whether it gives way to what is stored. */
    private static boolean standsIn(List<Explanation> explanations) {
        return !explanations.isEmpty() && explanations.get(0).onlyIfEmpty();
    }

    /** What the message carries goes before what stands in; several groups of one step may each have a part in a value. */
    private static Map<String, List<Explanation>> byKeyword(Optional<Provenance> provenance) {
        Map<String, List<Explanation>> explanations = new LinkedHashMap<>();
        provenance.map(Provenance::explanations).orElseGet(List::of).forEach(explanation -> {
            List<Explanation> known = explanations.computeIfAbsent(explanation.keyword(), any -> new ArrayList<>());
            if (standsIn(known) && !explanation.onlyIfEmpty()) {
                known.clear();
            }
            if (known.isEmpty() || known.get(0).onlyIfEmpty() == explanation.onlyIfEmpty()) {
                known.add(explanation);
            }
        });
        return explanations;
    }

    private static void compareLists(
            int step, Optional<MappedStep> old, Optional<MappedStep> made, List<ListChange> changes) {
        Set<String> before = stations(old);
        Set<String> after = stations(made);
        before.stream()
                .filter(station -> !after.contains(station))
                .forEach(station -> changes.add(new ListChange(step, station, false)));
        after.stream()
                .filter(station -> !before.contains(station))
                .forEach(station -> changes.add(new ListChange(step, station, true)));
    }

    /** A number that only repeats the filler order number gives way to the one that the order has. */
    private static void compareAccessions(
            int step, Optional<MappedStep> old, Optional<MappedStep> made, List<AccessionChange> changes) {
        if (old.isEmpty() || made.isEmpty()) {
            return;
        }
        String before = old.get().complete().text(Tags.AccessionNumber);
        String after = made.get().attributes().text(Tags.AccessionNumber);
        boolean isFiller = after.equals(made.get().event().numbers().filler());
        if (!before.isEmpty() && !after.isEmpty() && !before.equals(after) && !isFiller) {
            changes.add(new AccessionChange(step, before, after));
        }
    }

    /** A message that only stops, holds or tells something puts no step on a list. */
    private static Set<String> stations(Optional<MappedStep> step) {
        if (step.isEmpty() || !step.get().action().bringsStep()) {
            return Set.of();
        }
        DataSet scheduled = step.get().complete().item(Tags.ScheduledProcedureStepSequence);
        List<String> titles = scheduled.texts(Tags.ScheduledStationAETitle);
        return new TreeSet<>(titles.isEmpty() ? List.of(NO_STATION) : titles);
    }
}
