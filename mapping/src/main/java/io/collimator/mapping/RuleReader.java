package io.collimator.mapping;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Vr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one rule; collects every problem with its line. */
final class RuleReader {

    private static final Set<String> KEYS =
            Set.of("id", "target", "from", "convert", "table", "not-in-table", "else", "only-if-empty");
    private static final String ATTRIBUTE = "attribute:";

    private final String file;
    private final Map<String, ValueTable> tables;
    private final List<MappingProblem> problems;

    RuleReader(String file, Map<String, ValueTable> tables, List<MappingProblem> problems) {
        this.file = file;
        this.tables = tables;
        this.problems = problems;
    }

    /**
     * @param otherwise what the definition states for rules that state nothing
     * @param earlier the rules before this one, whose attributes it may read
     * @return empty when the rule cannot be used; then there is a problem
     */
    Optional<Rule> read(int index, Node node, Rule.Otherwise otherwise, List<Rule> earlier) {
        int before = problems.size();
        YamlMap map = new YamlMap(file, "rules[%d]".formatted(index + 1), node, KEYS, problems);
        Optional<String> id = map.required("id", "accession-number");
        id.filter(text -> !text.matches("[a-z0-9]+(-[a-z0-9]+)*"))
                .ifPresent(text -> map.problem("id", text, "Use lower-case words joined by hyphens."));
        Optional<Target> target = target(map);
        List<Source> sources = sources(map, earlier);
        Optional<Conversion> conversion = conversion(map, target);
        Optional<ValueTable> table = table(map, target, conversion);
        Rule.NotInTable notInTable = notInTable(map);
        Rule.Otherwise stated = map.has("else") ? otherwise(map).orElse(otherwise) : otherwise;
        boolean onlyIfEmpty = onlyIfEmpty(map);
        checkConstant(map, target, stated);
        if (problems.size() > before || id.isEmpty() || target.isEmpty() || conversion.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Rule(
                id.get(), target.get(), sources, conversion.get(), table, notInTable, stated, onlyIfEmpty, map.line()));
    }

    private static Optional<Target> target(YamlMap map) {
        Optional<String> name = map.required("target", "AccessionNumber");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> fault = Target.faultIn(name.get());
        fault.ifPresent(keyword -> map.problem(
                "target",
                name.get(),
                "\"%s\" is no DICOM keyword, or no sequence that could hold the next; see PS3.6.".formatted(keyword)));
        return fault.isPresent() ? Optional.empty() : Optional.of(Target.of(name.get()));
    }

    private static List<Source> sources(YamlMap map, List<Rule> earlier) {
        List<Source> sources = new ArrayList<>();
        if (!map.has("from")) {
            map.problem("from", "", "The key is missing; write for instance from: OBR-18");
        }
        for (YamlMap.Scalar path : map.texts("from")) {
            source(path.text(), earlier)
                    .ifPresentOrElse(
                            sources::add,
                            () -> map.problem(
                                    path.line(),
                                    map.field("from"),
                                    path.text(),
                                    "Write a field such as OBR-18, PID-3(patient).1, AL1(*)-3, OBX(8302-2)-5, PID/NTE(*)-3, or attribute:Keyword of an earlier rule."));
        }
        return sources;
    }

    private static Optional<Source> source(String path, List<Rule> earlier) {
        if (!path.startsWith(ATTRIBUTE)) {
            return Source.field(path);
        }
        String name = path.substring(ATTRIBUTE.length());
        return earlier.stream()
                .filter(rule -> rule.target().name().equals(name) && !rule.onlyIfEmpty())
                .findFirst()
                .map(rule -> new Source.Attribute(path, rule.target()));
    }

    private static Optional<Conversion> conversion(YamlMap map, Optional<Target> target) {
        Optional<String> label = map.required("convert", "text");
        if (label.isEmpty()) {
            return Optional.empty();
        }
        Optional<Conversion> conversion = Conversion.of(label.get());
        String known = target.map(made -> " that fits " + made.vr() + ": " + Conversion.labelsFor(made.vr()))
                .orElse("");
        if (conversion.isEmpty()
                || target.filter(made -> !conversion.get().fits(made.vr())).isPresent()) {
            map.problem("convert", label.get(), "Name a conversion" + known + ".");
            return Optional.empty();
        }
        return conversion;
    }

    private Optional<ValueTable> table(YamlMap map, Optional<Target> target, Optional<Conversion> conversion) {
        Optional<String> name = map.text("table");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        ValueTable table = tables.get(name.get());
        if (table == null) {
            map.problem(
                    "table",
                    name.get(),
                    "There is no mapping/tables/%s.csv; known: %s."
                            .formatted(
                                    name.get(),
                                    String.join(
                                            ", ",
                                            tables.keySet().stream().sorted().toList())));
            return Optional.empty();
        }
        if (target.isPresent() && conversion.isPresent()) {
            checkValues(table, target.get(), conversion.get());
        }
        return Optional.of(table);
    }

    /** What the table gives must fit the attribute. */
    private void checkValues(ValueTable table, Target target, Conversion conversion) {
        String tableFile = file.replaceFirst("definitions/[^/]*$", "tables/" + table.name() + ".csv");
        table.values().values().forEach(entry -> {
            boolean fits = fits(entry.to(), target.vr());
            if (!fits) {
                problems.add(new MappingProblem(
                        tableFile,
                        entry.line(),
                        "to",
                        entry.to(),
                        "%s is %s (%s): at most %d characters of its kind."
                                .formatted(
                                        target.keyword(),
                                        target.vr(),
                                        conversion.label(),
                                        target.vr().maxLength())));
            }
        });
    }

    private static boolean fits(String value, Vr vr) {
        if (value.isEmpty()) {
            return true;
        }
        return switch (vr) {
            case AE -> AeTitle.parse(value).isPresent();
            case CS -> value.matches("[A-Z0-9 _]{1,16}");
            case US, IS, UL -> value.matches("\\d{1,4}");
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
            if (choice.name().toLowerCase(Locale.ROOT).equals(word.get())) {
                return choice;
            }
        }
        map.problem("not-in-table", word.get(), "Write keep, omit, empty or fail.");
        return Rule.NotInTable.OMIT;
    }

    /** {@code omit}, {@code fail} or {@code constant X}; a problem when it is something else. */
    static Optional<Rule.Otherwise> otherwise(YamlMap map) {
        Optional<String> words = map.text("else");
        if (words.isEmpty()) {
            return Optional.empty();
        }
        if (words.get().equals("omit")) {
            return Optional.of(new Rule.Otherwise.Omit());
        } else if (words.get().equals("fail")) {
            return Optional.of(new Rule.Otherwise.Fail());
        } else if (words.get().startsWith("constant ")) {
            return Optional.of(new Rule.Otherwise.Constant(
                    words.get().substring("constant ".length()).strip()));
        }
        map.problem("else", words.get(), "Write omit, fail, or constant and the value.");
        return Optional.empty();
    }

    private static boolean onlyIfEmpty(YamlMap map) {
        Optional<String> word = map.text("only-if-empty");
        word.filter(text -> !text.equals("true") && !text.equals("false"))
                .ifPresent(text -> map.problem("only-if-empty", text, "Write true or false."));
        return word.filter("true"::equals).isPresent();
    }

    private static void checkConstant(YamlMap map, Optional<Target> target, Rule.Otherwise otherwise) {
        if (otherwise instanceof Rule.Otherwise.Constant constant
                && target.isPresent()
                && (target.get().vr() == Vr.SQ
                        || !fits(constant.value(), target.get().vr()))) {
            map.problem(
                    "else",
                    constant.value(),
                    "The constant does not fit %s, which is %s."
                            .formatted(target.get().keyword(), target.get().vr()));
        }
    }
}
