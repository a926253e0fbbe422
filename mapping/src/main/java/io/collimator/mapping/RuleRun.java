package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.mapping.Provenance.Fate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Runs the rules of a definition over one part of a message. Used once. */
final class RuleRun {

    private static final Pattern INTEGER = Pattern.compile("\\d{1,4}");

    /** The PATIENT group of an order message (HL7 v2.5.1 §4.4.1). */
    private static final Set<String> PATIENT_GROUP =
            Set.of("PID", "PD1", "PV1", "PV2", "IN1", "IN2", "IN3", "GT1", "AL1");

    private static final String FURTHER =
            "a further value is left out: the rule takes the first of several; write (*) to take all.";

    private final Definition definition;
    private final SourceReader reader;
    private final With with;
    private final LeftOut leftOut;

    private final AttributeTree attributes = new AttributeTree();
    private final AttributeTree defaults = new AttributeTree();
    private final List<Explanation> explanations = new ArrayList<>();
    private final List<Provenance.Unknown> unknownCodes = new ArrayList<>();
    private final List<Trial> trials = new ArrayList<>();
    private final Set<String> deleted = new HashSet<>();
    private final Fate[] fates;
    private int index;

    /**
     * What the rules are run with.
     *
     * @param patientMayLack whether the message is in order without PID and what belongs to it
     */
    record With(ZoneId zone, SenderProfile profile, SenderAuthorities authorities, boolean patientMayLack) {

        With(ZoneId zone, SenderProfile profile, SenderAuthorities authorities) {
            this(zone, profile, authorities, false);
        }
    }

    /** @param warnings takes what the rules put right or leave out */
    RuleRun(Definition definition, SourceReader reader, With with, List<MappingWarning> warnings) {
        this.definition = definition;
        this.reader = reader;
        this.with = with;
        this.leftOut = new LeftOut(warnings);
        this.fates = new Fate[definition.rules().size()];
        Arrays.fill(fates, Fate.SOURCE_EMPTY);
    }

    /** @throws Hl7RejectedException when the content cannot be used */
    void run() {
        List<Rule> rules = definition.rules();
        for (index = 0; index < fates.length; index++) {
            fates[index] = run(rules.get(index));
        }
        leftOut.tell(explanations);
        IssuerSettling.of(definition, with.authorities())
                .settle(attributes, defaults)
                .forEach(this::explainIssuer);
    }

    /** In place of what the rule made of the message alone. */
    private void explainIssuer(int rule, Explanation explanation) {
        explanations.removeIf(known -> known.ruleId().equals(explanation.ruleId()));
        explanations.add(explanation);
        fates[rule] = Fate.MADE;
    }

    /** What the message carries, as an entry shows it. */
    DataSet made() {
        return attributes.build();
    }

    AttributeTree attributes() {
        return attributes;
    }

    DataSet defaults() {
        return defaults.build();
    }

    Provenance provenance() {
        return new Provenance(definition, explanations, fates, new Provenance.Tried(trials, unknownCodes));
    }

    private Fate run(Rule rule) {
        if (isMade(rule)) {
            return Fate.SUPERSEDED;
        }
        for (Condition condition : rule.conditions()) {
            if (!condition.holds(valuesOf(condition.subject()))) {
                return Fate.CONDITION_FALSE;
            }
        }
        RuleContext context = new RuleContext(rule, with.zone(), with.profile(), leftOut);
        Outcome deletion = Outcome.NOTHING;
        Outcome unusable = Outcome.NOTHING;
        for (Source source : rule.sources()) {
            Outcome outcome = outcome(source, context);
            if (outcome.isDeletion()) {
                deletion = deletion.isDeletion() ? deletion : outcome;
                tried(source, Fate.CLEARED, "", Optional.empty());
            } else if (!outcome.isAbsent()) {
                record(rule, outcome, rule.onlyIfEmpty());
                return outcome.produced() instanceof Produced.Emptied ? Fate.CLEARED : Fate.MADE;
            } else if (rule.isStatedBy(outcome) && unusable.source().isEmpty()) {
                unusable = outcome;
            }
        }
        if (deletion.isDeletion()) {
            delete(rule, deletion);
        } else if (unusable.source().isPresent()) {
            // what was known is not confirmed: it does not stay beside a field that says something else
            delete(rule, unusable.of(new Produced.Cleared(), unusable.sent()));
        }
        return otherwise(rule, deletion.isDeletion() ? Fate.CLEARED : Fate.SOURCE_EMPTY);
    }

    /** The first rule that says something counts; a deletion only where none of them has a value. */
    private boolean isMade(Rule rule) {
        return rule.onlyIfEmpty()
                ? attributes.hasValue(rule.target()) || defaults.contains(rule.target())
                : attributes.contains(rule.target())
                        && !deleted.contains(rule.target().name());
    }

    /** What only stands in deletes nothing, and neither does what must have a value. */
    private void delete(Rule rule, Outcome deletion) {
        boolean mayDelete = !rule.onlyIfEmpty() && !(rule.otherwise() instanceof Rule.Otherwise.Fail);
        if (mayDelete && deleted.add(rule.target().name())) {
            record(rule, deletion, false);
        }
    }

    private void tried(Source source, Fate fate, String code, Optional<ValueTable.Row> row) {
        trials.add(new Trial(index, source, fate, code, row));
    }

    private List<String> valuesOf(Source source) {
        if (source instanceof Source.Field field) {
            List<String> values = new ArrayList<>();
            for (SourceValue value : reader.read(field, new ArrayList<>())) {
                String text = value.text();
                if (!text.isBlank()) {
                    values.add(text);
                }
            }
            return values;
        }
        return texts(source);
    }

    private Outcome outcome(Source source, RuleContext context) {
        return source instanceof Source.Field field ? ofField(field, context) : ofTexts(source, context);
    }

    private Outcome ofField(Source.Field field, RuleContext context) {
        List<SourceValue> further = new ArrayList<>();
        List<SourceValue> sent = reader.read(field, further);
        further.forEach(value -> context.leave(value, FURTHER));
        if (sent.isEmpty()) {
            if (!further.isEmpty()) {
                tried(field, Fate.NOT_FIRST, "", Optional.empty());
            }
            return Outcome.NOTHING;
        }
        List<SourceValue> valued = withoutDeleted(sent, context.rule());
        if (valued.isEmpty()) {
            return deletion(field, sent);
        }
        valued.forEach(value -> leaveComponents(value, context));
        return context.rule().lookup().isPresent() ? looked(field, valued, context) : converted(field, valued, context);
    }

    private static Outcome deletion(Source.Field field, List<SourceValue> sent) {
        return new Outcome(new Produced.Cleared(), Optional.of(field), sent, "", Optional.empty());
    }

    private static List<SourceValue> withoutDeleted(List<SourceValue> sent, Rule rule) {
        Predicate<SourceValue> isDeleted =
                rule.lookup().isPresent() ? value -> value.value().isCleared() : SourceValue::isCleared;
        if (sent.size() == 1) {
            return isDeleted.test(sent.get(0)) ? List.of() : sent;
        }
        List<SourceValue> valued = new ArrayList<>(sent);
        valued.removeIf(isDeleted);
        return valued;
    }

    /** What stands after the first component of a value that has none by its type. */
    private static void leaveComponents(SourceValue value, RuleContext context) {
        if (value.components() < 2) {
            return;
        }
        Conversion conversion = conversion(context);
        boolean loses = context.rule().lookup().isPresent() ? value.isText() : conversion.losesComponentsOf(value);
        for (int component = 2; loses && component <= value.components(); component++) {
            context.leave(value.at(component), "is left out: %s comes from the first component.");
        }
    }

    private static Conversion conversion(RuleContext context) {
        return context.rule().conversion().orElse(Conversion.TEXT);
    }

    private Outcome converted(Source.Field field, List<SourceValue> valued, RuleContext context) {
        List<SourceValue> taken = valued;
        if (valued.size() > 1 && !conversion(context).isOfSeveral()) {
            valued.subList(1, valued.size())
                    .forEach(value -> context.leave(value, "a further value is left out: %s comes from the first."));
            taken = valued.subList(0, 1);
        }
        int warned = leftOut.warned();
        Produced produced = fitted(convert(taken, context), taken.get(0), context);
        if (produced instanceof Produced.Absent && hasDeletedPart(taken.get(0), context)) {
            return deletion(field, taken);
        } else if (produced instanceof Produced.Absent) {
            boolean isUnreadable = leftOut.warned() > warned;
            tried(field, isUnreadable ? Fate.UNREADABLE : Fate.NOTHING_USABLE, "", Optional.empty());
            if (!isUnreadable) {
                taken.forEach(value -> leftOut.addValue(
                        context.rule(),
                        value,
                        MappingWarning.Kind.LEFT_OUT,
                        "holds nothing that %s could be made of."));
            }
        } else if (produced instanceof Produced.Emptied) {
            tried(field, Fate.EMPTIED, "", Optional.empty());
        }
        return oneWhereOneIsAllowed(new Outcome(produced, Optional.of(field), taken, "", Optional.empty()), context);
    }

    private Produced convert(List<SourceValue> valued, RuleContext context) {
        return context.target().isEnd()
                ? Times.end(Times.minutesOf(valued.get(0), context), attributes, context)
                        .orElseGet(() -> conversion(context).convert(valued, context))
                : conversion(context).convert(valued, context);
    }

    /** A code without its code, an issuer without its name: the part that the value would be made of is deleted. */
    private static boolean hasDeletedPart(SourceValue value, RuleContext context) {
        int start = Math.max(1, value.component());
        return switch (conversion(context)) {
            case ISSUER_EI ->
                value.component(2).isCleared() || value.component(3).isCleared();
            case ISSUER_HD ->
                value.subcomponent(1).isCleared() || value.subcomponent(2).isCleared();
            case OTHER_PATIENT_IDS, PATIENT_ID_QUALIFIERS -> false;
            default -> value.component(start).isCleared();
        };
    }

    /** Of several values where DICOM allows one: texts are joined, of all else the first stays. */
    private static Outcome oneWhereOneIsAllowed(Outcome outcome, RuleContext context) {
        if (!(outcome.produced() instanceof Produced.Texts texts)
                || texts.values().size() < 2
                || Dictionary.isMultiple(context.target().tag())) {
            return outcome;
        }
        SourceValue first = outcome.sent().get(0);
        List<String> distinct = texts.values().stream().distinct().toList();
        boolean isKey = context.rule().lookup().isEmpty() && conversion(context).isKey();
        Optional<String> between =
                isKey ? Optional.empty() : Texts.between(context.target().vr());
        if (distinct.size() == 1 || between.isPresent()) {
            String joined = String.join(between.orElse(""), distinct);
            return outcome.of(Produced.text(Texts.clean(joined, first, context)), outcome.sent());
        }
        boolean isOneToOne = outcome.sent().size() == texts.values().size();
        for (int i = 1; i < outcome.sent().size(); i++) {
            if (!isOneToOne || !texts.values().get(i).equals(distinct.get(0))) {
                context.leave(outcome.sent().get(i), "a further value is left out: %s holds one.");
            }
        }
        return outcome.of(Produced.text(distinct.get(0)), List.of(first));
    }

    /** Each repetition through the rule's table. */
    private Outcome looked(Source.Field field, List<SourceValue> valued, RuleContext context) {
        List<Produced> found = new ArrayList<>();
        List<SourceValue> taken = new ArrayList<>();
        Optional<ValueTable.Row> first = Optional.empty();
        Rule.Lookup lookup = context.rule().lookup().orElseThrow();
        for (SourceValue value : valued) {
            Optional<ValueTable.Row> row =
                    lookup.table().lookUp(value.value().orEmpty().strip(), value.scheme());
            first = first.isPresent() ? first : row;
            Produced produced = row.isPresent()
                    ? given(lookup, new Hit(field, row.get()), context)
                    : missing(field, value, context);
            found.add(produced);
            if (!(produced instanceof Produced.Absent)) {
                taken.add(value);
            }
        }
        Outcome outcome = new Outcome(
                fitted(Produced.all(found), valued.get(0), context),
                Optional.of(field),
                taken.isEmpty() ? valued : taken,
                "",
                first);
        return oneWhereOneIsAllowed(outcome, context);
    }

    /** A row that a source came upon. */
    private record Hit(Source source, ValueTable.Row row) {}

    private Produced given(Rule.Lookup lookup, Hit hit, RuleContext context) {
        Produced given = lookup.values().get(hit.row().index());
        Optional<ValueTable.Row> row = Optional.of(hit.row());
        if (given instanceof Produced.Absent || given instanceof Produced.Emptied) {
            tried(
                    hit.source(),
                    given instanceof Produced.Absent ? Fate.ROW_SILENT : Fate.EMPTIED,
                    hit.row().code(),
                    row);
        } else if (context.target().isEnd() && given instanceof Produced.Texts texts) {
            given = Times.end(Optional.of(Integer.valueOf(texts.values().get(0))), attributes, context)
                    .orElseGet(Produced.Absent::new);
            if (given instanceof Produced.Absent) {
                tried(hit.source(), Fate.NO_START, hit.row().code(), row);
            }
        }
        return given;
    }

    private Produced missing(Source.Field field, SourceValue value, RuleContext context) {
        Rule.Lookup lookup = context.rule().lookup().orElseThrow();
        String code = value.value().orEmpty().strip();
        if (code.isEmpty()) {
            tried(field, Fate.NOTHING_USABLE, "", Optional.empty());
            leftOut.addValue(
                    context.rule(),
                    value,
                    MappingWarning.Kind.LEFT_OUT,
                    "holds no code that %s could be looked up by.");
            return new Produced.Absent();
        }
        unknownCodes.add(new Provenance.Unknown(lookup.table().name(), field.text(), code));
        if (lookup.notInTable() == Rule.NotInTable.KEEP) {
            return convert(List.of(value), context);
        } else if (lookup.notInTable() == Rule.NotInTable.FAIL) {
            throw context.refusal(ErrorCode.TABLE_VALUE_NOT_FOUND, value, notInTable(lookup.table()));
        }
        tried(field, Fate.NOT_IN_TABLE, code, Optional.empty());
        leftOut.addValue(
                context.rule(),
                value,
                MappingWarning.Kind.NOT_IN_TABLE,
                "holds a code that %s does not have, so it says nothing of %%s; add a row."
                        .formatted(lookup.table().file()));
        return lookup.notInTable() == Rule.NotInTable.EMPTY ? new Produced.Emptied() : new Produced.Absent();
    }

    private static String notInTable(ValueTable table) {
        return "holds a code that %s does not have; send another or add it.".formatted(table.file());
    }

    private List<String> texts(Source source) {
        if (source instanceof Source.Attribute attribute) {
            List<String> texts = attributes.texts(attribute.target());
            return texts.isEmpty() ? defaults.texts(attribute.target()) : texts;
        } else if (source instanceof Source.Sender sender) {
            return sender.isStation()
                    ? with.profile().stations()
                    : List.of(with.profile().name());
        } else if (source instanceof Source.Message message) {
            return List.of(
                    message.isEvent()
                            ? reader.message().headers().triggerEvent()
                            : reader.message().kind());
        }
        return List.of();
    }

    private Outcome ofTexts(Source source, RuleContext context) {
        List<String> texts = texts(source);
        if (texts.isEmpty()) {
            return Outcome.NOTHING;
        }
        String raw = String.join("\\", texts);
        Optional<Rule.Lookup> lookup = context.rule().lookup();
        if (lookup.isEmpty()) {
            return new Outcome(kept(texts, context), Optional.of(source), List.of(), raw, Optional.empty());
        }
        List<Produced> found = new ArrayList<>();
        Optional<ValueTable.Row> first = Optional.empty();
        for (String text : texts) {
            Optional<ValueTable.Row> row = lookup.get().table().lookUp(text, "");
            first = first.isPresent() ? first : row;
            if (row.isEmpty()) {
                tried(source, Fate.NOT_IN_TABLE, text, row);
            }
            found.add(row.map(hit -> given(lookup.get(), new Hit(source, hit), context))
                    .orElseGet(() -> missing(lookup.get(), text, context)));
        }
        return new Outcome(Produced.all(found), Optional.of(source), List.of(), raw, first);
    }

    private static Produced missing(Rule.Lookup lookup, String text, RuleContext context) {
        return switch (lookup.notInTable()) {
            case KEEP -> kept(List.of(text), context);
            case EMPTY -> new Produced.Emptied();
            case OMIT -> new Produced.Absent();
            case FAIL ->
                throw Hl7RejectedException.contentError(
                        ErrorCode.TABLE_VALUE_NOT_FOUND,
                        ErrorLocation.NONE,
                        context.target().keyword() + " " + notInTable(lookup.table()));
        };
    }

    private static Produced kept(List<String> texts, RuleContext context) {
        return context.target().vr() == Vr.CS ? CodeStrings.ofTexts(texts, context) : Produced.texts(texts);
    }

    /** Integers are read here, after the table, because codes are not. */
    private Produced fitted(Produced produced, SourceValue source, RuleContext context) {
        if (context.target().vr().kind() != Vr.Kind.INTEGERS || !(produced instanceof Produced.Texts texts)) {
            return produced;
        }
        if (texts.values().stream().allMatch(text -> INTEGER.matcher(text).matches())) {
            return produced;
        }
        context.warn(
                MappingWarning.Kind.UNREADABLE,
                source,
                "is no number; %s is left out.".formatted(context.target().keyword()));
        return new Produced.Absent();
    }

    /** @param fate of the sources */
    private Fate otherwise(Rule rule, Fate fate) {
        if (rule.otherwise() instanceof Rule.Otherwise.Constant constant) {
            boolean isTaken = attributes.hasValue(rule.target()) || defaults.contains(rule.target());
            if (!isTaken) {
                record(rule, Outcome.of(Produced.text(constant.value())), true);
            }
            return isTaken ? Fate.SUPERSEDED : Fate.MADE;
        } else if (rule.otherwise() instanceof Rule.Otherwise.Fail
                && rule.sources().get(0) instanceof Source.Field field
                && !mayLack(field)) {
            throw missing(field, rule);
        }
        return fate;
    }

    /** The patient group is optional as a whole: where there is no PID, nothing is missing in it. */
    private boolean mayLack(Source.Field field) {
        return with.patientMayLack()
                && (field.ofPatient() || PATIENT_GROUP.contains(field.segment()))
                && reader.first("PID").isEmpty();
    }

    private Hl7RejectedException missing(Source.Field field, Rule rule) {
        Optional<Hl7Segment> segment =
                reader.segments(field.segment(), field.ofPatient()).stream().findFirst();
        String keyword = rule.target().keyword();
        return segment.isEmpty()
                ? Hl7RejectedException.contentError(
                        ErrorCode.REQUIRED_FIELD_MISSING,
                        ErrorLocation.ofSegment(field.segment()),
                        "%s segment is missing; %s comes from it.".formatted(field.segment(), keyword))
                : Hl7RejectedException.contentError(
                        ErrorCode.REQUIRED_FIELD_MISSING,
                        segment.get().location(field.field(), field.component()),
                        "%s-%d is empty; %s is needed.".formatted(field.segment(), field.field(), keyword));
    }

    private void record(Rule rule, Outcome outcome, boolean onlyIfEmpty) {
        if (!onlyIfEmpty
                && !outcome.isDeletion()
                && deleted.remove(rule.target().name())) {
            explanations.removeIf(told -> told.deletes(rule.target()));
        }
        (onlyIfEmpty ? defaults : attributes).put(rule.target(), outcome.produced());
        explanations.add(new Explanation(rule, outcome, onlyIfEmpty));
    }
}
