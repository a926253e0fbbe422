package io.collimator.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A value table: codes of the sender, regardless of case, to what the site makes of them. Where the second column is
 * {@code scheme}, a row with a scheme is for codes of that scheme alone and goes before one without.
 */
final class ValueTable {

    static final String SCHEME = "scheme";
    static final String FROM = "from";
    static final String TO = "to";

    private final String name;
    private final String file;
    private final List<String> columns;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, List<Row>> byCode = new HashMap<>();

    /**
     * @param index which row of the table, from 0
     * @param line in the file
     */
    record Row(int index, int line, String code, String scheme, List<String> cells) {

        Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * @param name file name without {@code .csv}
     * @param file path below the home
     * @param columns of the header; the first holds the code
     */
    ValueTable(String name, String file, List<String> columns) {
        this.name = name;
        this.file = file;
        this.columns = List.copyOf(columns);
    }

    /** A table whose header cannot be read: its file has a finding, and rules that name it get none. */
    static ValueTable unreadable(String name, String file) {
        return new ValueTable(name, file, List.of(FROM));
    }

    boolean isUnreadable() {
        return columns.size() < 2;
    }

    /** The row that has this code and scheme already; empty when it was added. Only while the table is read. */
    Optional<Row> add(int line, List<String> cells) {
        boolean hasScheme = columns.size() > 1 && columns.get(1).equals(SCHEME);
        Row row = new Row(rows.size(), line, cells.get(0), hasScheme ? cells.get(1) : "", cells);
        List<Row> same = byCode.computeIfAbsent(key(row.code()), code -> new ArrayList<>());
        for (Row other : same) {
            if (key(other.scheme()).equals(key(row.scheme()))) {
                return Optional.of(other);
            }
        }
        // rows with a scheme go first
        same.add(row.scheme().isEmpty() ? same.size() : 0, row);
        rows.add(row);
        return Optional.empty();
    }

    String name() {
        return name;
    }

    String file() {
        return file;
    }

    List<String> columns() {
        return columns;
    }

    /** -1 when there is none of this name. */
    int column(String column) {
        return columns.indexOf(column);
    }

    /** Whether it has the two columns {@code from} and {@code to}: then an empty cell clears. */
    boolean isPlain() {
        return columns.equals(List.of(FROM, TO));
    }

    List<Row> rows() {
        return rows;
    }

    Optional<Row> lookUp(String code, String scheme) {
        List<Row> candidates = byCode.get(key(code));
        if (candidates == null) {
            return Optional.empty();
        }
        for (Row row : candidates) {
            if (row.scheme().isEmpty() || row.scheme().equalsIgnoreCase(scheme)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** As people find it: {@code mapping/tables/procedures.csv:12}. */
    String place(Row row) {
        return file + ":" + row.line();
    }

    private static String key(String code) {
        return code.strip().toUpperCase(Locale.ROOT);
    }
}
