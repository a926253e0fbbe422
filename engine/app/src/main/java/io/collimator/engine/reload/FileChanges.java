package io.collimator.engine.reload;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two sets of files.
 *
 * @param byName only files that differ, sorted by name
 */
record FileChanges(SortedMap<String, Change> byName) {

    private static final int CONTEXT_LINES = 3;

    /** A diff that is longer tells no person anything. */
    private static final int MAX_DIFF_LINES = 2_000;

    FileChanges {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /**
     * The text of a file.
     *
     * @param before null when there was no such file
     * @param after null when there is none any more
     */
    record Change(@Nullable String before, @Nullable String after) {}

    static FileChanges between(Map<String, String> before, Map<String, String> after) {
        SortedMap<String, Change> changes = new TreeMap<>();
        before.forEach((name, text) -> {
            if (!Objects.equals(text, after.get(name))) {
                changes.put(name, new Change(text, after.get(name)));
            }
        });
        after.forEach((name, text) -> {
            if (!before.containsKey(name)) {
                changes.put(name, new Change(null, text));
            }
        });
        return new FileChanges(changes);
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** A line for each file: {@code M tables/stations.csv}; A for added, D for deleted, M for modified. */
    List<String> summary() {
        return byName.entrySet().stream()
                .map(entry -> letter(entry.getValue()) + " " + entry.getKey())
                .toList();
    }

    private static String letter(Change change) {
        return change.before() == null ? "A" : change.after() == null ? "D" : "M";
    }

    /** The unified diff, cut with a word when it is too long for a person. */
    List<String> unified() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Change> entry : byName.entrySet()) {
            lines.addAll(unified(entry.getKey(), entry.getValue()));
            if (lines.size() > MAX_DIFF_LINES) {
                List<String> cut = new ArrayList<>(lines.subList(0, MAX_DIFF_LINES));
                cut.add("... (cut after " + MAX_DIFF_LINES + " lines)");
                return List.copyOf(cut);
            }
        }
        return List.copyOf(lines);
    }

    private static List<String> unified(String name, Change change) {
        List<String> before = lines(change.before());
        return UnifiedDiffUtils.generateUnifiedDiff(
                change.before() == null ? "/dev/null" : "a/" + name,
                change.after() == null ? "/dev/null" : "b/" + name,
                before,
                DiffUtils.diff(before, lines(change.after())),
                CONTEXT_LINES);
    }

    private static List<String> lines(@Nullable String text) {
        return text == null ? List.of() : text.lines().toList();
    }
}
