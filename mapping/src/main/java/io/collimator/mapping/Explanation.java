package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.dictionary.Dictionary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why an attribute has its value. Texts are made when they are asked for: an order that no one looks at costs little. */
public final class Explanation {

    private final Rule rule;
    private final boolean onlyIfEmpty;
    private final Outcome outcome;

    Explanation(Rule rule, Outcome outcome, boolean onlyIfEmpty) {
        this.rule = rule;
        this.outcome = outcome;
        this.onlyIfEmpty = onlyIfEmpty;
    }

    /** Tags from the outermost sequence, then the keyword: {@code (0040,0100)>(0008,0060) Modality}. */
    public String path() {
        return rule.target().path();
    }

    /** Keywords joined by dots: {@code ScheduledProcedureStepSequence.Modality}. */
    public String keyword() {
        return rule.target().name();
    }

    /** The rule that made it. */
    public String ruleId() {
        return rule.id();
    }

    /** The definition file of the rule, below the home. */
    public String file() {
        return rule.origin().file();
    }

    /** The line of the rule in its file. */
    public int line() {
        return rule.origin().line();
    }

    public Layer layer() {
        return rule.origin().layer();
    }

    /**
     * The HL7 field or the attribute it was made from, for instance {@code OBR-24} or {@code sender:station}; "constant"
     * when the rule gave it.
     */
    public String source() {
        return outcome.path();
    }

    /** What stood in the source, unescaped, components joined by {@code ^}, repetitions by {@code ~}; patient data. */
    public String raw() {
        return outcome.raw();
    }

    /** The conversion, as rules spell it; "" when the table or the rule itself gave the value. */
    public String converter() {
        boolean isConverted = outcome.source().isPresent()
                && (outcome.row().isEmpty() || rule.target().isEnd());
        return isConverted ? rule.conversion().map(Conversion::label).orElse("") : "";
    }

    /** The row that gave the value, for instance {@code mapping/tables/priorities.csv:4}; "" when none did. */
    public String tableRow() {
        return outcome.row()
                .flatMap(row -> rule.lookup().map(lookup -> lookup.table().place(row)))
                .orElse("");
    }

    /** As text; "" when the attribute is present without a value; items of a sequence in brackets. Patient data. */
    public String value() {
        return shown(outcome.produced());
    }

    /** Whether it stands in only where the entry has no value otherwise. */
    public boolean onlyIfEmpty() {
        return onlyIfEmpty;
    }

    Outcome outcome() {
        return outcome;
    }

    /** Whether its value comes from this source. */
    boolean isFrom(Source source) {
        return outcome.source().filter(source::equals).isPresent();
    }

    /** Whether the message deletes this attribute. */
    boolean deletes(Target target) {
        return outcome.isDeletion() && rule.target().equals(target);
    }

    /** Whether its value comes from this part of the message, or from one that says the same. */
    boolean takes(SourceValue part) {
        return outcome.produced().hasValue() && outcome.sent().stream().anyMatch(taken -> takes(taken, part));
    }

    /** The same of a part that a rule says it left out: that rule took it only where another part says the same. */
    boolean takes(SourceValue part, Rule leaving) {
        return !rule.equals(leaving)
                ? takes(part)
                : outcome.produced().hasValue()
                        && outcome.sent().stream().anyMatch(taken -> !isSame(taken, part) && takes(taken, part));
    }

    private static boolean isSame(SourceValue one, SourceValue other) {
        return one.segment() == other.segment() && one.repetition() == other.repetition();
    }

    /** Whether it would have come from this field, had not another gone before it. */
    boolean comesBefore(SourceValue part) {
        return outcome.produced().hasValue()
                && outcome.sent().stream().noneMatch(taken -> isOfField(taken, part))
                && rule.sources().stream()
                        .anyMatch(source -> source instanceof Source.Field field
                                && field.field() == part.field()
                                && field.segment().equals(part.segment().name()));
    }

    private static boolean isOfField(SourceValue one, SourceValue other) {
        return one.field() == other.field()
                && one.segment().name().equals(other.segment().name());
    }

    private boolean takes(SourceValue taken, SourceValue part) {
        if (!isOfField(taken, part)) {
            return false;
        }
        boolean isWhole = taken.component() == 0
                && rule.lookup().isEmpty()
                && rule.conversion()
                        .filter(conversion -> conversion.takesAllOf(taken))
                        .isPresent();
        boolean covers =
                part.component() == 0 ? taken.component() <= 1 : taken.component() == part.component() || isWhole;
        return covers && (isSame(taken, part) || Outcome.raw(taken).equals(Outcome.raw(part)));
    }

    Rule rule() {
        return rule;
    }

    Optional<ValueTable.Row> row() {
        return outcome.row();
    }

    private static String shown(Produced produced) {
        if (produced instanceof Produced.Texts texts) {
            return String.join("\\", texts.values());
        }
        return produced instanceof Produced.Items items
                ? items.values().stream().map(Explanation::shown).collect(Collectors.joining(" "))
                : "";
    }

    /** {@code [CodeValue=R51, CodingSchemeDesignator=I10]}. */
    private static String shown(DataSet item) {
        List<String> parts = new ArrayList<>();
        for (Element element : item) {
            String value = element.value() instanceof Value.Items items
                    ? items.values().stream().map(Explanation::shown).collect(Collectors.joining(" "))
                    : String.join("\\", item.texts(element.tag()));
            parts.add(Dictionary.keywordOf(element.tag()).orElse(element.tag().toString()) + "=" + value);
        }
        return "[" + String.join(", ", parts) + "]";
    }

    /** Without the value, which may be patient data. */
    @Override
    public String toString() {
        return "Explanation[" + path() + " by " + ruleId() + " from " + source() + "]";
    }
}
