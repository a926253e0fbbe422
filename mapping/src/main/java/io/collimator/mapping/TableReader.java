package io.collimator.mapping;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a value table: CSV in UTF-8, header {@code from,to}, lines that begin with {@code #} are remarks. */
final class TableReader {

    private final String file;
    private final List<MappingProblem> problems;

    TableReader(String file, List<MappingProblem> problems) {
        this.file = file;
        this.problems = problems;
    }

    ValueTable read(String name, Path path) {
        Map<String, ValueTable.Entry> values = new HashMap<>();
        List<String> lines = lines(path);
        boolean headerSeen = false;
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (headerSeen) {
                addRow(values, line, number);
            } else {
                headerSeen = true;
                if (!line.strip().equals("from,to")) {
                    problem(number, "header", line, "The first line must be: from,to");
                }
            }
        }
        if (!headerSeen && !lines.isEmpty()) {
            problem(1, "header", "", "The first line must be: from,to");
        }
        return new ValueTable(name, values);
    }

    private List<String> lines(Path path) {
        try {
            String text = Files.readString(path, StandardCharsets.UTF_8);
            return (text.startsWith("\uFEFF") ? text.substring(1) : text)
                    .lines()
                    .toList();
        } catch (MalformedInputException e) {
            problem(0, "file", "bytes that are no UTF-8", "Save the table as UTF-8.");
        } catch (IOException e) {
            problem(
                    0,
                    "file",
                    e.getClass().getSimpleName(),
                    "The table cannot be read; check that it is there and readable.");
        }
        return List.of();
    }

    private void addRow(Map<String, ValueTable.Entry> values, String line, int number) {
        Optional<List<String>> cells = cells(line);
        if (cells.isEmpty() || cells.get().size() != 2) {
            problem(
                    number,
                    "row",
                    line,
                    "A row has two columns, from and to; put a value with a comma in double quotes.");
            return;
        }
        String from = cells.get().get(0).strip();
        if (from.isEmpty()) {
            problem(number, "from", "", "Write the sender's code, or delete the row.");
        } else if (values.putIfAbsent(
                        ValueTable.key(from),
                        new ValueTable.Entry(cells.get().get(1).strip(), number))
                != null) {
            problem(
                    number,
                    "from",
                    from,
                    "The code stands in this table already (case does not count); delete one row.");
        }
    }

    /** The cells of a row (RFC 4180 without line breaks), empty when a quote is left open. */
    private static Optional<List<String>> cells(String line) {
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
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return quoted ? Optional.empty() : Optional.of(cells);
    }

    private void problem(int line, String field, String found, String fix) {
        problems.add(new MappingProblem(file, line, field, found, fix));
    }
}
