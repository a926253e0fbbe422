package io.collimator.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of a CSV file with a known header; lines that begin with {@code #} are remarks. */
final class CsvLines {

    private final String file;
    private final List<String> columns;
    private final List<MappingProblem> problems;

    /** Takes the cells of a row, stripped, and its line. */
    @FunctionalInterface
    interface Taker {
        void take(List<String> cells, int line);
    }

    /** @param columns that the header must name, in this order */
    CsvLines(String file, List<String> columns, List<MappingProblem> problems) {
        this.file = file;
        this.columns = columns;
        this.problems = problems;
    }

    void read(String text, Taker taker) {
        int number = 0;
        boolean headerSeen = false;
        for (String line : lines(text)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Optional<List<String>> cells = cells(line);
            if (!headerSeen) {
                headerSeen = true;
                if (!cells.equals(Optional.of(columns))) {
                    problem(number, "header", line, "The first line must be: " + String.join(",", columns));
                    return;
                }
            } else if (cells.isEmpty() || cells.get().size() != columns.size()) {
                problem(number, "row", line, "A row has the columns %s.".formatted(String.join(",", columns)));
            } else {
                taker.take(cells.get(), number);
            }
        }
        if (!headerSeen) {
            problem(1, "header", "", "The first line must be: " + String.join(",", columns));
        }
    }

    /** Without a byte order mark. */
    static List<String> lines(String text) {
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
    }

    /** The cells of a row (RFC 4180 without line breaks), empty when a quote is left open. */
    static Optional<List<String>> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return quoted ? Optional.empty() : Optional.of(cells);
    }

    private void problem(int line, String field, String found, String fix) {
        problems.add(new MappingProblem(file, line, field, found, fix));
    }
}
