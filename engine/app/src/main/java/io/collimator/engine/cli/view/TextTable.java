package io.collimator.engine.cli.view;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell. */
final class TextTable {

    private TextTable() {}

    static void print(List<String> head, List<List<String>> rows, PrintWriter out) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(head);
        lines.addAll(rows);
        int[] widths = new int[head.size()];
        lines.forEach(line -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], line.get(column).length());
            }
        });
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = line.get(column);
                text.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
            }
            out.println(text.toString().stripTrailing());
        }
    }
}
