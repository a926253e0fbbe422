package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Vr;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.mapping.Provenance.Fate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Runs the rules of a definition over one part of a message. Used once. */
final class RuleRun {

    private static final Pattern INTEGER = Pattern.compile("\\d{1,4}");

    /** The PATIENT group of an order message (HL7 v2.5.1 §4.4.1). */
    private static final Set<String> PATIENT_GROUP =
            Set.of("PID", "PD1", "PV1", "PV2", "IN1", "IN2", "IN3", "GT1", "AL1");

    private final Definition definition;
    private final SourceReader reader;
    private final With with;
    private final List<MappingWarning> warnings;

    private final AttributeTree attributes = new AttributeTree();
    private final AttributeTree defaults = new AttributeTree();
    private final List<Explanation> explanations = new ArrayList<>();
    private final List<Provenance.Unknown> unknownCodes = new ArrayList<>();
    private final Fate[] fates;
    private Fate worst = Fate.SOURCE_EMPTY;

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
        this.warnings = warnings;
        this.fates = new Fate[definition.rules().size()];
        Arrays.fill(fates, Fate.SOURCE_EMPTY);
    }

    /** @throws Hl7RejectedException when the content cannot be used */
    void run() {
        List<Rule> rules = definition.rules();
        for (int i = 0; i < fates.length; i++) {
            fates[i] = run(rules.get(i));
        }
        settleIssuers();
    }

    /** Who gave the numbers, as the table of authorities and the site's defaults have it. */
    private void settleIssuers() {
        DataSet made = attributes.build();
        SenderAuthorities.Settled settled = with.authorities().settled(made);
        settled.reasons().forEach((tag, reason) -> {
            Optional<Element> issuer = settled.attributes().get(tag);
            if (!issuer.equals(made.get(tag))) {
                attributes.set(tag, issuer);
                explainIssuer(tag, issuer, reason);
            }
        });
        with.authorities()
                .ofAccessionThatStandsIn(made, defaults())
                .ifPresent(issuer -> defaults.set(issuer.tag(), Optional.of(issuer)));
    }

    private void explainIssuer(Tag tag, Optional<Element> issuer, String reason) {
        if (reason.isEmpty()) {
            return;
        }
        explanations.removeIf(explanation -> explanation.rule().target().isTopLevel(tag));
        for (int i = 0; i < fates.length && issuer.isPresent(); i++) {
            Rule rule = definition.rules().get(i);
            if (rule.target().isTopLevel(tag)) {
                explanations.add(new Explanation(
                        rule,
                        new Outcome(
                                Produced.of(issuer.get()),
                                Optional.of(new Source.Authority(reason)),
                                List.of(),
                                "",
                                Optional.empty()),
                        false));
                fates[i] = Fate.MADE;
                return;
            }
        }
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
        return new Provenance(definition, explanations, fates, unknownCodes);
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
        RuleContext context = new RuleContext(rule, with.zone(), with.profile(), warnings);
        worst = Fate.SOURCE_EMPTY;
        for (Source source : rule.sources()) {
            Outcome outcome = outcome(source, context);
            if (outcome.produced() instanceof Produced.Cleared && rule.otherwise() instanceof Rule.Otherwise.Fail) {
                break;
            }
            if (!outcome.isAbsent()) {
                record(rule, outcome, rule.onlyIfEmpty());
                return outcome.produced() instanceof Produced.Cleared ? Fate.CLEARED : Fate.MADE;
            }
        }
        return otherwise(rule);
    }

    /** The first rule that says something counts. */
    private boolean isMade(Rule rule) {
        return rule.onlyIfEmpty()
                ? attributes.hasValue(rule.target()) || defaults.contains(rule.target())
                : attributes.contains(rule.target());
    }

    private List<String> valuesOf(Source source) {
        if (source instanceof Source.Field field) {
            List<String> values = new ArrayList<>();
            for (SourceValue value : reader.read(field)) {
                String text = value.value().orEmpty();
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
        List<SourceValue> sent = reader.read(field);
        if (sent.isEmpty()) {
            return Outcome.NOTHING;
        }
        List<SourceValue> valued = withoutCleared(sent);
        if (valued.isEmpty()) {
            return new Outcome(new Produced.Cleared(), Optional.of(field), sent, "", Optional.empty());
        }
        return context.rule().lookup().isPresent()
                ? looked(field, valued, context)
                : new Outcome(
                        fitted(convert(valued, context), valued.get(0), context),
                        Optional.of(field),
                        valued,
                        "",
                        Optional.empty());
    }

    private static List<SourceValue> withoutCleared(List<SourceValue> sent) {
        if (sent.size() == 1) {
            return sent.get(0).isCleared() ? List.of() : sent;
        }
        List<SourceValue> valued = new ArrayList<>(sent);
        valued.removeIf(SourceValue::isCleared);
        return valued;
    }

    private Produced convert(List<SourceValue> valued, RuleContext context) {
        Conversion conversion = context.rule().conversion().orElse(Conversion.TEXT);
        Produced produced = context.target().isEnd()
                ? Times.end(Times.minutesOf(valued.get(0), context), attributes, context)
                        .orElseGet(() -> conversion.convert(valued, context))
                : conversion.convert(valued, context);
        if (produced instanceof Produced.Absent) {
            worst = Fate.UNREADABLE;
        }
        return produced;
    }

    /** Each repetition through the rule's table. */
    private Outcome looked(Source.Field field, List<SourceValue> valued, RuleContext context) {
        List<Produced> found = new ArrayList<>();
        Optional<ValueTable.Row> first = Optional.empty();
        Rule.Lookup lookup = context.rule().lookup().orElseThrow();
        for (SourceValue value : valued) {
            String code = value.value().orEmpty().strip();
            Optional<ValueTable.Row> row = lookup.table().lookUp(code, value.scheme());
            if (row.isPresent()) {
                first = first.isPresent() ? first : row;
                found.add(given(lookup, row.get(), context));
            } else if (!code.isEmpty()) {
                unknownCodes.add(new Provenance.Unknown(lookup.table().name(), field.text(), code));
                found.add(missing(lookup, value, context));
            }
        }
        Produced produced = Produced.all(found);
        if (produced instanceof Produced.Absent) {
            worst = Fate.NOT_IN_TABLE;
        }
        return new Outcome(fitted(produced, valued.get(0), context), Optional.of(field), valued, "", first);
    }

    private Produced given(Rule.Lookup lookup, ValueTable.Row row, RuleContext context) {
        Produced given = lookup.values().get(row.index());
        return context.target().isEnd() && given instanceof Produced.Texts texts
                ? Times.end(Optional.of(Integer.valueOf(texts.values().get(0))), attributes, context)
                        .orElseGet(Produced.Absent::new)
                : given;
    }

    private Produced missing(Rule.Lookup lookup, SourceValue value, RuleContext context) {
        switch (lookup.notInTable()) {
            case KEEP -> {
                return convert(List.of(value), context);
            }
            case EMPTY -> {
                return new Produced.Cleared();
            }
            case FAIL -> throw context.refusal(ErrorCode.TABLE_VALUE_NOT_FOUND, value, notInTable(lookup.table()));
            case OMIT -> {
                return new Produced.Absent();
            }
        }
        throw new IllegalStateException("There is no such choice.");
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
            found.add(row.map(hit -> given(lookup.get(), hit, context))
                    .orElseGet(() -> missing(lookup.get(), text, context)));
        }
        Produced produced = Produced.all(found);
        if (produced instanceof Produced.Absent) {
            worst = Fate.NOT_IN_TABLE;
        }
        return new Outcome(produced, Optional.of(source), List.of(), raw, first);
    }

    private static Produced missing(Rule.Lookup lookup, String text, RuleContext context) {
        return switch (lookup.notInTable()) {
            case KEEP -> kept(List.of(text), context);
            case EMPTY -> new Produced.Cleared();
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
        String first = texts.values().get(0);
        if (INTEGER.matcher(first).matches()) {
            return Produced.text(first);
        }
        context.warn(
                MappingWarning.Kind.UNREADABLE,
                source,
                "is no number; %s is left out.".formatted(context.target().keyword()));
        worst = Fate.UNREADABLE;
        return new Produced.Absent();
    }

    private Fate otherwise(Rule rule) {
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
        return worst;
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
        (onlyIfEmpty ? defaults : attributes).put(rule.target(), outcome.produced());
        explanations.add(new Explanation(rule, outcome, onlyIfEmpty));
    }
}
