package io.collimator.mapping;

import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the rules of one file; collects every problem with its line. */
final class RuleReader {

    /** The keys of a rule. */
    static final Set<String> KEYS = Set.of(
            "id",
            "target",
            "when",
            "from",
            "convert",
            "table",
            "column",
            "not-in-table",
            "else",
            "only-if-empty",
            "remove",
            "before",
            "after");

    private static final String ATTRIBUTE = "attribute:";
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final String FIELD_FIX =
            "Write a field such as OBR-18, PID-3(patient).1, AL1(*)-3, OBX(8302-2)-5, PID/NTE(*)-3, attribute:Keyword of an earlier rule, sender:station or message:event.";

    private final In in;
    private final LookupReader lookups;
    private final List<MappingProblem> problems;

    /**
     * The file that the rules stand in.
     *
     * @param otherwise what it states for rules that state nothing
     */
    record In(String file, Layer layer, boolean isOverlay, Rule.Otherwise otherwise) {}

    RuleReader(In in, Map<String, ValueTable> tables, List<MappingProblem> problems) {
        this.in = in;
        this.lookups = new LookupReader(tables, problems);
        this.problems = problems;
    }

    /** Empty when the rule cannot be used; then there is a problem. */
    Optional<DefinitionFile.Entry> read(int index, Node node) {
        int before = problems.size();
        YamlMap map = new YamlMap(in.file(), "rules[%d]".formatted(index + 1), node, KEYS, problems);
        Optional<String> id = map.required("id", "accession-number");
        id.filter(text -> !ID.matcher(text).matches())
                .ifPresent(text -> map.problem("id", text, "Use lower-case words joined by hyphens."));
        DefinitionFile.Place place = place(map);
        if (flag(map, "remove")) {
            if (!in.isOverlay()) {
                map.problem("remove", "true", "Only an overlay takes a rule away; delete the rule here.");
            }
            return id.filter(text -> problems.size() == before)
                    .map(text -> new DefinitionFile.Entry(text, map.line(), Optional.empty(), place));
        }
        Optional<Target> target = target(map);
        List<Condition> conditions = conditions(map);
        List<Source> sources = sources(map);
        Optional<Rule.Lookup> lookup = lookups.read(map, target);
        Optional<Conversion> conversion = conversion(map, target);
        Rule.Otherwise otherwise = map.has("else") ? otherwise(map).orElse(in.otherwise()) : in.otherwise();
        boolean onlyIfEmpty = flag(map, "only-if-empty");
        checkConstant(map, target, otherwise);
        if (problems.size() > before || id.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        Rule rule = new Rule(
                new Rule.Origin(id.get(), in.file(), map.line(), in.layer()),
                target.get(),
                conditions,
                sources,
                conversion,
                lookup,
                otherwise,
                onlyIfEmpty);
        return Optional.of(new DefinitionFile.Entry(id.get(), map.line(), Optional.of(rule), place));
    }

    private DefinitionFile.Place place(YamlMap map) {
        Optional<String> before = map.text("before");
        Optional<String> after = map.text("after");
        if (!in.isOverlay()) {
            before.ifPresent(
                    id -> map.problem("before", id, "Only an overlay says where a rule goes; delete the key."));
            after.ifPresent(id -> map.problem("after", id, "Only an overlay says where a rule goes; delete the key."));
        } else if (before.isPresent() && after.isPresent()) {
            map.problem("after", after.get(), "Say before or after, not both.");
        }
        return new DefinitionFile.Place(before.orElse(""), after.orElse(""));
    }

    private static Optional<Target> target(YamlMap map) {
        Optional<String> name = map.required("target", "AccessionNumber");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> fault = Target.faultIn(name.get());
        fault.ifPresent(keyword -> map.problem("target", name.get(), noKeyword(keyword)));
        return fault.isPresent() ? Optional.empty() : Optional.of(Target.of(name.get()));
    }

    private static String noKeyword(String keyword) {
        return "\"%s\" is no DICOM keyword, or no sequence that could hold the next; see PS3.6.%s"
                .formatted(
                        keyword,
                        Dictionary.tagOf(keyword).isPresent() ? "" : EditDistance.hint(Dictionary.keywords(), keyword));
    }

    private static List<Condition> conditions(YamlMap map) {
        List<Condition> conditions = new ArrayList<>();
        for (YamlMap.Scalar line : map.texts("when")) {
            List<String> clauses = Condition.clauses(line.text());
            for (String clause : clauses.isEmpty() ? List.of(line.text()) : clauses) {
                Condition.of(clause, RuleReader::source)
                        .ifPresentOrElse(
                                conditions::add,
                                () -> map.problem(
                                        line.line(),
                                        map.field("when"),
                                        clause,
                                        "Write for instance: OBR-24 is CT · OBR-24 is one of CT, MR · PID-35 is present · OBR-18 is empty · OBR-4 starts with CT · each may be denied with not; a value with blanks stands in quotes; join several with and."));
            }
        }
        if (conditions.size() > Condition.MAX_CLAUSES) {
            map.problem(
                    "when",
                    Integer.toString(conditions.size()),
                    "A rule has at most %d conditions.".formatted(Condition.MAX_CLAUSES));
        }
        return conditions;
    }

    private static List<Source> sources(YamlMap map) {
        List<Source> sources = new ArrayList<>();
        if (!map.has("from") && !map.text("else").orElse("").startsWith("constant ")) {
            map.problem("from", "", "The key is missing; write for instance from: OBR-18");
        }
        for (YamlMap.Scalar path : map.texts("from")) {
            source(path.text())
                    .ifPresentOrElse(
                            sources::add,
                            () -> map.problem(path.line(), map.field("from"), path.text(), fieldFix(path.text())));
        }
        return sources;
    }

    private static String fieldFix(String path) {
        return path.startsWith(ATTRIBUTE)
                ? Target.faultIn(path.substring(ATTRIBUTE.length()))
                        .map(RuleReader::noKeyword)
                        .orElse(FIELD_FIX)
                : FIELD_FIX;
    }

    /** Whether an earlier rule makes the attribute is judged when the layers are put together. */
    static Optional<Source> source(String path) {
        if (path.startsWith(ATTRIBUTE)) {
            String name = path.substring(ATTRIBUTE.length());
            return Target.faultIn(name).isPresent()
                    ? Optional.empty()
                    : Optional.of(new Source.Attribute(path, Target.of(name)));
        }
        Optional<Source> circumstance = Source.circumstance(path);
        return circumstance.isPresent() ? circumstance : Source.field(path);
    }

    private static Optional<Conversion> conversion(YamlMap map, Optional<Target> target) {
        if (!map.has("convert") && (isGivenByTable(map) || !map.has("from"))) {
            return Optional.empty();
        }
        Optional<String> label = map.required("convert", "text");
        if (label.isEmpty()) {
            return Optional.empty();
        }
        Optional<Conversion> conversion = Conversion.of(label.get());
        String known = target.map(made -> " that fits " + made.vr() + ": " + Conversion.labelsFor(made.vr()))
                .orElse("");
        if (conversion.isEmpty()
                || target.filter(made -> !conversion.get().fits(made.vr())).isPresent()) {
            map.problem(
                    "convert",
                    label.get(),
                    known.isEmpty()
                            ? "Name a conversion; the target says which ones fit."
                            : "Name a conversion" + known + ".");
            return Optional.empty();
        }
        return conversion;
    }

    /** Then nothing is left to convert. */
    private static boolean isGivenByTable(YamlMap map) {
        return map.has("table")
                && !map.text("not-in-table").equals(Optional.of(RuleReader.label(Rule.NotInTable.KEEP)));
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

    private static boolean flag(YamlMap map, String key) {
        Optional<String> word = map.text(key);
        word.filter(text -> !text.equals("true") && !text.equals("false"))
                .ifPresent(text -> map.problem(key, text, "Write true or false."));
        return word.filter("true"::equals).isPresent();
    }

    private static void checkConstant(YamlMap map, Optional<Target> target, Rule.Otherwise otherwise) {
        if (otherwise instanceof Rule.Otherwise.Constant constant
                && target.isPresent()
                && (target.get().vr() == Vr.SQ
                        || !LookupReader.fits(constant.value(), target.get().vr()))) {
            map.problem(
                    "else",
                    constant.value(),
                    "The constant does not fit %s, which is %s."
                            .formatted(target.get().keyword(), target.get().vr()));
        }
    }

    /** As files spell it. */
    static String label(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
