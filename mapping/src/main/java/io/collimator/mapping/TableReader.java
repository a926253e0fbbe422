package io.collimator.mapping;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a table: CSV, a header with the names of the columns, the code in the first; lines that begin with {@code #}
 * are remarks.
 */
final class TableReader {

    /** Rows that one table may have. */
    static final int MAX_ROWS = 50_000;

    private static final int MAX_COLUMNS = 50;
    private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final String HEADER =
            "The first line names two columns or more in lower case, the code first, for instance: from,to";

    private final String file;
    private final List<MappingProblem> problems;
    private char delimiter = CsvLines.COMMA;

    /** @param file path below the home */
    TableReader(String file, List<MappingProblem> problems) {
        this.file = file;
        this.problems = problems;
    }

    Optional<ValueTable> read(String name, String text) {
        ValueTable table = null;
        int number = 0;
        for (String line : CsvLines.lines(text)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (table == null) {
                Optional<List<String>> columns = header(line, number);
                if (columns.isEmpty()) {
                    return Optional.empty();
                }
                table = new ValueTable(name, file, columns.get());
            } else if (table.rows().size() == MAX_ROWS) {
                problem(number, "row", "", "A table has at most %d rows; divide it.".formatted(MAX_ROWS));
                break;
            } else {
                addRow(table, line, number);
            }
        }
        if (table == null) {
            problem(1, "header", "", HEADER);
        }
        return Optional.ofNullable(table);
    }

    private Optional<List<String>> header(String line, int number) {
        delimiter = CsvLines.delimiter(line);
        List<String> columns = CsvLines.cells(line, delimiter).orElse(List.of());
        boolean sound = columns.size() > 1
                && columns.size() <= MAX_COLUMNS
                && new HashSet<>(columns).size() == columns.size()
                && columns.stream().allMatch(column -> COLUMN.matcher(column).matches());
        if (!sound) {
            problem(number, "header", line, HEADER);
            return Optional.empty();
        }
        if (delimiter != CsvLines.COMMA) {
            problem(number, "header", line, CsvLines.SAVE_WITH_COMMAS.formatted(CsvLines.named(delimiter)));
        }
        return Optional.of(columns);
    }

    private void addRow(ValueTable table, String line, int number) {
        Optional<List<String>> cells = CsvLines.cells(line, delimiter);
        String first = table.columns().get(0);
        if (cells.isEmpty() || cells.get().size() != table.columns().size()) {
            problem(
                    number,
                    "row",
                    line,
                    "A row has the columns %s; put a value with a comma in double quotes.%s"
                            .formatted(
                                    String.join(",", table.columns()),
                                    CsvLines.hint(line, table.columns().size())));
        } else if (cells.get().get(0).isEmpty()) {
            problem(number, first, "", "Write the sender's code, or delete the row.");
        } else {
            table.add(number, cells.get())
                    .ifPresent(other -> problem(
                            number,
                            first,
                            cells.get().get(0),
                            "Line %d has this code already (case does not count); delete one row."
                                    .formatted(other.line())));
        }
    }

    private void problem(int line, String field, String found, String fix) {
        problems.add(new MappingProblem(file, line, field, found, fix));
    }
}
