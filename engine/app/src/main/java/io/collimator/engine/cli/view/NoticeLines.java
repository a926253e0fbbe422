package io.collimator.engine.cli.view;

import java.io.PrintWriter;
import java.util.List;

/** The segments in which two messages differ. */
final class NoticeLines {

    private NoticeLines() {}

    static void print(PrintWriter out, String before, String after) {
        List<String> old = before.lines().toList();
        List<String> changed = after.lines().toList();
        old.stream()
                .filter(segment -> !changed.contains(segment))
                .forEach(segment -> out.println("      - " + Printable.of(segment)));
        changed.stream()
                .filter(segment -> !old.contains(segment))
                .forEach(segment -> out.println("      + " + Printable.of(segment)));
    }
}
