package io.collimator.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of a CSV file with a known header; lines that begin with {@code #} are remarks. */
final class CsvLines {

    static final char COMMA = ',';
    private static final char SEMICOLON = ';';
    private static final char TAB = '\t';
    static final String SAVE_WITH_COMMAS =
            "The columns are parted by %s; write commas (in a spreadsheet: save as CSV with the delimiter comma).";

    private final String file;
    private final List<String> columns;
    private final List<MappingProblem> problems;
    private char delimiter = COMMA;

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
            if (!headerSeen) {
                delimiter = delimiter(line);
                if (delimiter != COMMA) {
                    problem(number, "header", line, SAVE_WITH_COMMAS.formatted(named(delimiter)));
                }
            }
            Optional<List<String>> cells = cells(line, delimiter);
            if (!headerSeen) {
                headerSeen = true;
                if (!cells.equals(Optional.of(columns))) {
                    problem(number, "header", line, "The first line must be: " + String.join(",", columns));
                    return;
                }
            } else if (cells.isEmpty() || cells.get().size() != columns.size()) {
                problem(
                        number,
                        "row",
                        line,
                        "A row has the columns %s.%s".formatted(String.join(",", columns), hint(line, columns.size())));
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

    /** What parts the columns of a header: a comma, unless there is none and something else that programs write. */
    static char delimiter(String header) {
        if (header.indexOf(COMMA) >= 0) {
            return COMMA;
        }
        return header.indexOf(SEMICOLON) >= 0 ? SEMICOLON : header.indexOf(TAB) >= 0 ? TAB : COMMA;
    }

    static String named(char delimiter) {
        return delimiter == TAB ? "tabs" : "semicolons";
    }

    /** What to say of a row that has another number of cells; "" when nothing. */
    static String hint(String line, int columns) {
        return cells(line, SEMICOLON).filter(cells -> cells.size() == columns).isPresent()
                ? " The cells of this row are parted by semicolons; write commas."
                : "";
    }

    /** The cells of a row (RFC 4180 without line breaks), empty when a quote is left open. */
    static Optional<List<String>> cells(String line, char delimiter) {
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
            } else if (c == delimiter && !quoted) {
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
