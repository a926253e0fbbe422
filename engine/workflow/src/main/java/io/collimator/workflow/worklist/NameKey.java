package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A key of VR PN. One component group is looked for in every group of the stored name; several are compared place by
 * place, where an empty one matches everything. Case, accents and trailing carets do not count (conformance statement).
 */
record NameKey(List<FoldedName> alternatives) {

    static NameKey of(List<String> values) {
        return new NameKey(values.stream().map(FoldedName::of).toList());
    }

    Predicate<DataSet> test(Tag tag) {
        boolean universal = alternatives.stream()
                .anyMatch(wanted -> wanted.groups().stream().allMatch(String::isEmpty));
        return universal
                ? entry -> true
                : entry -> entry.texts(tag).stream().map(FoldedName::of).anyMatch(this::matches);
    }

    boolean matches(FoldedName stored) {
        return alternatives.stream().anyMatch(wanted -> matches(wanted, stored));
    }

    private static boolean matches(FoldedName wanted, FoldedName stored) {
        if (wanted.groups().size() == 1) {
            return stored.groups().stream()
                    .anyMatch(group -> matches(wanted.groups().get(0), group));
        }
        for (int i = 0; i < wanted.groups().size(); i++) {
            String group = wanted.groups().get(i);
            String found = i < stored.groups().size() ? stored.groups().get(i) : "";
            if (!group.isEmpty() && !matches(group, found)) {
                return false;
            }
        }
        return true;
    }

    /** {@code DOE^*} has to find DOE too, whose empty given name is not written. */
    private static boolean matches(String wanted, String found) {
        TextPattern pattern = new TextPattern(wanted);
        if (found.isEmpty()) {
            return false;
        }
        if (pattern.matches(found)) {
            return true;
        }
        long carets =
                pattern.hasWildcard() ? wanted.chars().filter(c -> c == '^').count() : 0;
        String padded = found;
        for (long i = 0; i < Math.min(carets, 4); i++) {
            padded += "^";
            if (pattern.matches(padded)) {
                return true;
            }
        }
        return false;
    }

    /** What a store can look for among the groups of names; empty when it would find everything. */
    List<TextFilter> filters() {
        List<TextFilter> filters = new ArrayList<>();
        for (FoldedName wanted : alternatives) {
            Optional<TextFilter> filter = wanted.groups().stream()
                    .filter(group -> !group.isEmpty())
                    .map(group -> new TextPattern(group).filter())
                    .flatMap(Optional::stream)
                    .map(NameKey::withoutCarets)
                    .filter(found -> !found.text().isEmpty())
                    .findFirst();
            if (filter.isEmpty()) {
                return List.of();
            }
            filters.add(filter.get());
        }
        return filters;
    }

    private static TextFilter withoutCarets(TextFilter filter) {
        if (filter.kind() == TextFilter.Kind.EQUAL) {
            return filter;
        }
        int end = filter.text().length();
        while (end > 0 && filter.text().charAt(end - 1) == '^') {
            end--;
        }
        return new TextFilter(filter.kind(), filter.text().substring(0, end));
    }

    /** Says nothing of the name. */
    @Override
    public String toString() {
        return "NameKey[…]";
    }
}
