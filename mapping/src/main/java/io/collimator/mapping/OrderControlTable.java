package io.collimator.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What ORC-1 and ORC-5 mean at this site; rows whose action is {@code refuse} are not served, those whose action is
 * {@code ignore} hold under their condition only. Immutable.
 */
public final class OrderControlTable {

    static final String NAME = "order-control";
    static final List<String> COLUMNS =
            List.of("control", "status", "action", "step-status", "accepted-reply", "refused-reply");

    private static final String WHEN = "when";
    private static final List<String> COLUMNS_WITH_WHEN =
            Stream.concat(COLUMNS.stream(), Stream.of(WHEN)).toList();
    private static final String ANY = "*";
    private static final String REFUSE = "REFUSE";
    private static final String IGNORE = "IGNORE";
    private static final Set<String> STEP_STATUSES = Set.of(
            "", "SCHEDULED", "ARRIVED", "READY", "STARTED", "DEPARTED", "COMPLETED", "DISCONTINUED", "CANCELLED");
    private static final Map<String, String> IMPLIED =
            Map.of("NW", "SC", "CA", "CA", "OC", "CA", "DC", "DC", "OD", "DC");

    private final Map<String, Optional<OrderControlRow>> rows;
    private final Set<String> controls;
    private final List<IgnoreRow> ignoring;

    /** A row whose action is {@code ignore}. */
    private record IgnoreRow(String control, String status, List<Condition> conditions, int line) {

        boolean meets(String sentControl, String sentStatus, SourceReader reader) {
            return (control.equals(ANY) || control.equals(sentControl))
                    && (status.equals(ANY) || status.equals(sentStatus))
                    && conditions.stream().allMatch(condition -> condition.holds(values(condition, reader)));
        }

        private static List<String> values(Condition condition, SourceReader reader) {
            return condition.subject() instanceof Source.Field field
                    ? reader.read(field, new ArrayList<>()).stream()
                            .map(value -> value.value().orEmpty())
                            .filter(text -> !text.isBlank())
                            .toList()
                    : List.of();
        }
    }

    private OrderControlTable(
            Map<String, Optional<OrderControlRow>> rows, Set<String> controls, List<IgnoreRow> ignoring) {
        this.rows = Map.copyOf(rows);
        this.controls = Set.copyOf(controls);
        this.ignoring = List.copyOf(ignoring);
    }

    static OrderControlTable empty() {
        return new OrderControlTable(Map.of(), Set.of(), List.of());
    }

    static OrderControlTable read(String file, String text, List<MappingProblem> problems) {
        Map<String, Optional<OrderControlRow>> rows = new HashMap<>();
        List<String> controls = new ArrayList<>();
        List<IgnoreRow> ignoring = new ArrayList<>();
        new CsvLines(file, columns(text), problems).read(text, (cells, line) -> {
            String when = cells.size() > COLUMNS.size() ? cells.get(COLUMNS.size()) : "";
            if (cells.get(2).equalsIgnoreCase(IGNORE)) {
                conditions(file, line, when, problems)
                        .ifPresent(conditions ->
                                ignoring.add(new IgnoreRow(cells.get(0), cells.get(1), conditions, line)));
                return;
            } else if (!when.isEmpty()) {
                problems.add(new MappingProblem(
                        file, line, WHEN, when, "Only a row whose action is ignore has a condition; leave it empty."));
                return;
            }
            Optional<OrderControlRow> row = row(cells, line);
            boolean refused = cells.get(2).toUpperCase(Locale.ROOT).equals(REFUSE);
            if (row.isEmpty() && !refused) {
                problems.add(new MappingProblem(
                        file,
                        line,
                        "action",
                        cells.get(2),
                        "Write refuse, ignore (with a condition in the column when), or one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(OrderAction.values())
                                                .map(Enum::name)
                                                .toList())
                                + "."));
            } else if (!STEP_STATUSES.contains(cells.get(3))) {
                problems.add(new MappingProblem(
                        file,
                        line,
                        "step-status",
                        cells.get(3),
                        "Write nothing, or one of "
                                + String.join(
                                        ", ",
                                        STEP_STATUSES.stream()
                                                .filter(s -> !s.isEmpty())
                                                .sorted()
                                                .toList())
                                + "."));
            } else if (rows.putIfAbsent(key(cells.get(0), cells.get(1)), row) != null) {
                problems.add(new MappingProblem(
                        file, line, "control", cells.get(0), "The pair stands in this table already; delete one row."));
            } else if (row.isPresent()) {
                controls.add(cells.get(0));
            }
        });
        return new OrderControlTable(rows, Set.copyOf(controls), ignoring);
    }

    /** The column {@code when} may be left out. */
    private static List<String> columns(String text) {
        boolean hasWhen = CsvLines.lines(text).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .flatMap(line -> CsvLines.cells(line, CsvLines.delimiter(line)))
                .filter(COLUMNS_WITH_WHEN::equals)
                .isPresent();
        return hasWhen ? COLUMNS_WITH_WHEN : COLUMNS;
    }

    private static Optional<List<Condition>> conditions(
            String file, int line, String when, List<MappingProblem> problems) {
        List<Condition> conditions = Condition.clauses(when).stream()
                .map(clause -> Condition.of(clause, Source::field))
                .flatMap(Optional::stream)
                .toList();
        if (conditions.isEmpty()
                || conditions.size() != Condition.clauses(when).size()
                || conditions.size() > Condition.MAX_CLAUSES) {
            problems.add(
                    new MappingProblem(
                            file,
                            line,
                            WHEN,
                            when,
                            "A row that ignores says when, in the last column, for instance: PV1-2 is E, or in quotes \"OBR-24 is one of LAB, PATH\", or with doubled ones \"ORC-17 is \"\"WARD 7\"\"\"; join several with and. To keep a message without effect always, write NOTE."));
            return Optional.empty();
        }
        return Optional.of(conditions);
    }

    /**
     * The line of the first row that ignores this order; 0 when there is none.
     *
     * @param status ORC-5, "" when it was not sent; then what ORC-1 implies
     */
    int ignoringLine(String control, String status, SourceReader reader) {
        String known = status.isEmpty() ? impliedStatus(control) : status;
        return ignoring.stream()
                .filter(row -> row.meets(control, known, reader))
                .findFirst()
                .map(IgnoreRow::line)
                .orElse(0);
    }

    boolean ignoresAny() {
        return !ignoring.isEmpty();
    }

    private static Optional<OrderControlRow> row(List<String> cells, int line) {
        for (OrderAction action : OrderAction.values()) {
            if (action.name().equalsIgnoreCase(cells.get(2).replace('-', '_'))) {
                return Optional.of(new OrderControlRow(
                        cells.get(0), cells.get(1), action, cells.get(3), cells.get(4), cells.get(5), line));
            }
        }
        return Optional.empty();
    }

    private static String key(String control, String status) {
        return control + " " + status;
    }

    /** ORC-5 that an ORC-1 implies where the sender leaves it out; "" when the status stays as it is. */
    static String impliedStatus(String control) {
        return IMPLIED.getOrDefault(control, "");
    }

    /**
     * The row for a pair, the most specific first: both codes, any status, any control, any of both.
     *
     * @param status ORC-5, "" when it was not sent; then what ORC-1 implies
     * @return empty when no row is for it, or one that refuses it
     */
    public Optional<OrderControlRow> find(String control, String status) {
        String known = status.isEmpty() ? impliedStatus(control) : status;
        for (String key : List.of(key(control, known), key(control, ANY), key(ANY, known), key(ANY, ANY))) {
            Optional<OrderControlRow> row = rows.get(key);
            if (row != null) {
                return row;
            }
        }
        return Optional.empty();
    }

    /** Whether any row serves this ORC-1. */
    public boolean knows(String control) {
        return controls.contains(control);
    }

    /** Every row that serves something, in the order of the file. */
    public List<OrderControlRow> rows() {
        return rows.values().stream()
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingInt(OrderControlRow::line))
                .toList();
    }
}
