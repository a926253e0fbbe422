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
        return attributes.isEmpty() && lists.isEmpty() && outcomes.isEmpty();
    }

    /** Two readings of the same order message. */
    public static MappingComparison compare(MappedMessage running, MappedMessage candidate) {
        List<String> outcomes = new ArrayList<>();
        if (!running.sender().equals(candidate.sender())) {
            outcomes.add("read by the profile %s, was %s".formatted(candidate.sender(), running.sender()));
        }
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
     * Two readings of the same order message, exactly one of which the engine would refuse: that one stands on no worklist.
     *
     * @param refusals text of the running reading's and of the candidate's refusal, one of them ""
     */
    public static MappingComparison compare(MappedMessage running, MappedMessage candidate, List<String> refusals) {
        MappingComparison read = compare(running, candidate);
        boolean wasRefused = !refusals.get(0).isEmpty();
        List<MappedStep> steps = wasRefused ? candidate.steps() : running.steps();
        List<ListChange> lists = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Optional<MappedStep> step = Optional.of(steps.get(i));
            compareLists(i + 1, wasRefused ? Optional.empty() : step, wasRefused ? step : Optional.empty(), lists);
        }
        List<String> outcomes =
                new ArrayList<>(ofRefusals(refusals.get(0), refusals.get(1)).outcomes());
        outcomes.addAll(read.outcomes());
        return new MappingComparison(read.attributes(), lists, List.of(), outcomes);
    }

    /** Two readings of the same ADT message. */
    public static MappingComparison compare(MappedPatients running, MappedPatients candidate) {
        List<AttributeChange> attributes = new ArrayList<>();
        List<String> outcomes = new ArrayList<>();
        int count = Math.min(running.patients().size(), candidate.patients().size());
        for (int i = 0; i < count; i++) {
            compareAttributes(
                    i + 1,
                    Optional.of(running.patients().get(i).provenance()),
                    Optional.of(candidate.patients().get(i).provenance()),
                    attributes);
        }
        return new MappingComparison(attributes, List.of(), List.of(), outcomes);
    }

    /** Two readings of the same scheduling message. */
    public static MappingComparison compare(MappedAppointment running, MappedAppointment candidate) {
        List<AttributeChange> attributes = new ArrayList<>();
        int count = Math.min(running.items().size(), candidate.items().size());
        for (int i = 0; i < count; i++) {
            compareAttributes(
                    i + 1,
                    Optional.of(running.items().get(i).provenance()),
                    Optional.of(candidate.items().get(i).provenance()),
                    attributes);
        }
        return new MappingComparison(attributes, List.of(), List.of(), List.of());
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
    }

    private static String shown(OrderControlRow row) {
        return row.stepStatus().isEmpty() ? row.action().name() : row.action() + " " + row.stepStatus();
    }

    private static void compareAttributes(
            int step, Optional<Provenance> old, Optional<Provenance> made, List<AttributeChange> changes) {
        Map<String, Explanation> before = byKeyword(old);
        Map<String, Explanation> after = byKeyword(made);
        Set<String> keywords = new TreeSet<>(before.keySet());
        keywords.addAll(after.keySet());
        for (String keyword : keywords) {
            Optional<Explanation> was = Optional.ofNullable(before.get(keyword));
            Optional<Explanation> is = Optional.ofNullable(after.get(keyword));
            String oldValue = was.map(Explanation::value).orElse("");
            String newValue = is.map(Explanation::value).orElse("");
            if (!oldValue.equals(newValue) || was.isPresent() != is.isPresent()) {
                changes.add(new AttributeChange(
                        step,
                        keyword,
                        oldValue,
                        newValue,
                        was.map(Explanation::ruleId).orElse(""),
                        is.map(Explanation::ruleId).orElse("")));
            }
        }
    }

    /** What the message carries goes before what stands in. */
    private static Map<String, Explanation> byKeyword(Optional<Provenance> provenance) {
        Map<String, Explanation> explanations = new LinkedHashMap<>();
        provenance.map(Provenance::explanations).orElseGet(List::of).forEach(explanation -> {
            if (explanation.onlyIfEmpty()) {
                explanations.putIfAbsent(explanation.keyword(), explanation);
            } else {
                explanations.put(explanation.keyword(), explanation);
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

    private static Set<String> stations(Optional<MappedStep> step) {
        if (step.isEmpty()) {
            return Set.of();
        }
        DataSet scheduled = step.get().complete().item(Tags.ScheduledProcedureStepSequence);
        List<String> titles = scheduled.texts(Tags.ScheduledStationAETitle);
        return new TreeSet<>(titles.isEmpty() ? List.of(NO_STATION) : titles);
    }
}
