package io.collimator.mapping;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Vr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a rule takes from a table, and makes the values of all its rows. */
final class LookupReader {

    private static final Pattern INTEGER = Pattern.compile("\\d{1,4}");
    private static final Pattern SEVERAL = Pattern.compile("\\\\");
    private static final Pattern SEVERAL_TITLES = Pattern.compile("[\\\\+]");
    private static final String CODE = "-code";
    private static final String SCHEME = "-scheme";
    private static final String MEANING = "-meaning";

    private final Map<String, ValueTable> tables;
    private final List<MappingProblem> problems;

    LookupReader(Map<String, ValueTable> tables, List<MappingProblem> problems) {
        this.tables = tables;
        this.problems = problems;
    }

    /** Empty when the rule has no table, or one that cannot be used; then there is a problem. */
    Optional<Rule.Lookup> read(YamlMap map, Optional<Target> target) {
        Rule.NotInTable notInTable = notInTable(map);
        Optional<String> name = map.text("table");
        if (name.isEmpty()) {
            map.text("column").ifPresent(column -> map.problem("column", column, "The rule has no table; name one."));
            return Optional.empty();
        }
        ValueTable table = tables.get(name.get());
        if (table == null) {
            map.problem(
                    "table",
                    name.get(),
                    "There is no mapping/tables/%s.csv; known: %s.%s"
                            .formatted(
                                    name.get(),
                                    String.join(
                                            ", ",
                                            tables.keySet().stream().sorted().toList()),
                                    EditDistance.hint(tables.keySet(), name.get())));
            return Optional.empty();
        }
        if (table.isUnreadable()) {
            return Optional.of(new Rule.Lookup(table, "", List.of(), notInTable));
        }
        String column = column(map, table, target);
        if (target.isEmpty() || column.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Rule.Lookup(table, column, values(table, column, target.get()), notInTable));
    }

    private static String column(YamlMap map, ValueTable table, Optional<Target> target) {
        String column = map.text("column").orElse(table.isPlain() ? ValueTable.TO : "");
        boolean isCode = target.filter(made -> made.vr() == Vr.SQ).isPresent();
        boolean isThere = table.column(isCode ? column + CODE : column) > 0;
        if (!isThere || column.equals(ValueTable.SCHEME)) {
            map.problem(
                    "column",
                    column,
                    isCode
                            ? "A code wants the columns X-code, X-scheme and X-meaning in %s; write column: X."
                                    .formatted(table.file())
                            : "Name the column of %s that holds the value: %s."
                                    .formatted(
                                            table.file(),
                                            String.join(
                                                    ", ",
                                                    table.columns()
                                                            .subList(
                                                                    1,
                                                                    table.columns()
                                                                            .size()))));
            return "";
        }
        return column;
    }

    private List<Produced> values(ValueTable table, String column, Target target) {
        List<Produced> values = new ArrayList<>();
        for (ValueTable.Row row : table.rows()) {
            values.add(target.vr() == Vr.SQ ? code(table, column, row) : value(table, column, row, target));
        }
        return values;
    }

    private static Produced code(ValueTable table, String column, ValueTable.Row row) {
        String code = cell(table, column + CODE, row);
        return code.isEmpty()
                ? new Produced.Absent()
                : Produced.items(List.of(Sequences.codeItem(
                        code, cell(table, column + SCHEME, row), cell(table, column + MEANING, row), "")));
    }

    /** An empty cell empties in a table of two columns; in a wider one it says nothing. */
    private Produced value(ValueTable table, String column, ValueTable.Row row, Target target) {
        String cell = cell(table, column, row);
        if (cell.isEmpty()) {
            return table.isPlain() ? new Produced.Emptied() : new Produced.Absent();
        }
        List<String> values = new ArrayList<>();
        for (String value : target.vr().isMultiValued() ? parts(cell, target.vr()) : List.of(cell)) {
            if (!fits(value.strip(), target.vr())) {
                MappingProblem problem = new MappingProblem(
                        table.file(),
                        row.line(),
                        column,
                        cell,
                        target.isEnd()
                                ? "Write a number of minutes."
                                : "%s is %s: at most %d characters of its kind."
                                        .formatted(
                                                target.keyword(),
                                                target.vr(),
                                                target.vr().maxLength()));
                // several rules may take the same cell
                if (!problems.contains(problem)) {
                    problems.add(problem);
                }
            }
            values.add(value.strip());
        }
        return Produced.texts(values);
    }

    /** Several values stand in one cell with a backslash, AE titles also with a plus. */
    static List<String> parts(String cell, Vr vr) {
        return (vr == Vr.AE ? SEVERAL_TITLES : SEVERAL).splitAsStream(cell).toList();
    }

    private static String cell(ValueTable table, String column, ValueTable.Row row) {
        int index = table.column(column);
        return index < 0 ? "" : row.cells().get(index);
    }

    /** Whether a value may stand in an attribute as it is. */
    static boolean fits(String value, Vr vr) {
        if (value.isEmpty()) {
            return true;
        }
        return switch (vr) {
            case AE -> AeTitle.parse(value).isPresent();
            case CS -> CodeStrings.isValid(value);
            case US, IS, UL -> INTEGER.matcher(value).matches();
            // what a table gives here is a number of minutes
            case DA, TM -> INTEGER.matcher(value).matches();
            default -> value.length() <= vr.maxLength() && value.equals(Texts.allowed(value, vr));
        };
    }

    private static Rule.NotInTable notInTable(YamlMap map) {
        Optional<String> word = map.text("not-in-table");
        if (word.isEmpty()) {
            if (map.has("table") && !map.has("not-in-table")) {
                map.problem(
                        "not-in-table",
                        "",
                        "Say what becomes of a value that the table does not have: keep, omit, empty or fail.");
            }
            return Rule.NotInTable.OMIT;
        }
        if (!map.has("table")) {
            map.problem("not-in-table", word.get(), "The rule has no table; delete this key or name a table.");
        }
        for (Rule.NotInTable choice : Rule.NotInTable.values()) {
            if (RuleReader.label(choice).equals(word.get())) {
                return choice;
            }
        }
        map.problem("not-in-table", word.get(), "Write keep, omit, empty or fail.");
        return Rule.NotInTable.OMIT;
    }
}
