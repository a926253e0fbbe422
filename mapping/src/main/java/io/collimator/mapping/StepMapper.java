package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs the rules of a definition for one step of a message. Used once. */
final class StepMapper {

    private final SourceReader reader;
    private final ZoneId zone;
    private final List<MappingWarning> warnings;

    private final AttributeTree attributes = new AttributeTree();
    private final AttributeTree defaults = new AttributeTree();
    private final List<Explanation> explanations = new ArrayList<>();

    /** What a rule made, and of what. */
    private record Outcome(Produced produced, String source) {}

    /** @param warnings takes what the rules put right or leave out */
    StepMapper(SourceReader reader, ZoneId zone, List<MappingWarning> warnings) {
        this.reader = reader;
        this.zone = zone;
        this.warnings = warnings;
        // one item, even when the message says nothing of the step
        attributes.item(Tags.ScheduledProcedureStepSequence);
    }

    /** @throws Hl7RejectedException when the content cannot be used */
    MappedStep map(List<Rule> rules, String orderControl, int group) {
        rules.forEach(this::run);
        return new MappedStep(orderControl, group, attributes.build(), defaults.build(), explanations);
    }

    private void run(Rule rule) {
        RuleContext context = new RuleContext(rule, zone, warnings);
        for (Source source : rule.sources()) {
            Outcome outcome = source instanceof Source.Field field
                    ? ofField(field, context)
                    : ofAttribute((Source.Attribute) source, context);
            if (outcome.produced() instanceof Produced.Cleared && rule.otherwise() instanceof Rule.Otherwise.Fail) {
                break;
            }
            if (!(outcome.produced() instanceof Produced.Absent)) {
                record(rule, outcome, rule.onlyIfEmpty());
                return;
            }
        }
        otherwise(rule);
    }

    private Outcome ofField(Source.Field field, RuleContext context) {
        List<SourceValue> sent = reader.read(field);
        sent.removeIf(SourceValue::isAbsent);
        if (sent.isEmpty()) {
            return new Outcome(new Produced.Absent(), field.text());
        }
        List<SourceValue> valued =
                sent.stream().filter(value -> !value.isCleared()).toList();
        String path = sent.stream().map(SourceValue::path).distinct().collect(Collectors.joining(", "));
        if (valued.isEmpty()) {
            return new Outcome(new Produced.Cleared(), path);
        }
        Produced converted = context.rule().conversion().convert(valued, context);
        return new Outcome(fitted(translated(converted, valued.get(0), context), path, context), path);
    }

    private Outcome ofAttribute(Source.Attribute source, RuleContext context) {
        Produced produced = Produced.texts(attributes.texts(source.target()));
        return new Outcome(translated(produced, null, context), source.text());
    }

    /** Through the rule's table. */
    private static Produced translated(Produced produced, @Nullable SourceValue source, RuleContext context) {
        Optional<ValueTable> table = context.rule().table();
        if (table.isEmpty() || !(produced instanceof Produced.Texts texts)) {
            return produced;
        }
        List<String> values = new ArrayList<>();
        boolean emptied = false;
        for (String value : texts.values()) {
            Optional<String> found = table.get().lookUp(value);
            if (found.isPresent()) {
                values.add(found.get());
                emptied |= found.get().isEmpty();
            } else {
                switch (context.rule().notInTable()) {
                    case KEEP -> values.add(value);
                    case EMPTY -> emptied = true;
                    case FAIL -> throw notInTable(table.get(), source, context);
                    case OMIT -> {
                        // as if it had not been sent
                    }
                }
            }
        }
        Produced translated = Produced.texts(values);
        return translated instanceof Produced.Absent && emptied ? new Produced.Cleared() : translated;
    }

    private static Hl7RejectedException notInTable(
            ValueTable table, @Nullable SourceValue source, RuleContext context) {
        String reason = "holds a code that mapping/tables/%s.csv does not have; send another or add it."
                .formatted(table.name());
        return source == null
                ? Hl7RejectedException.contentError(
                        ErrorCode.TABLE_VALUE_NOT_FOUND,
                        ErrorLocation.NONE,
                        context.rule().target().keyword() + " " + reason)
                : context.refusal(ErrorCode.TABLE_VALUE_NOT_FOUND, source, reason);
    }

    /** Integers are read here, after the table, because codes are not. */
    private static Produced fitted(Produced produced, String path, RuleContext context) {
        if (context.rule().target().vr().kind() != Vr.Kind.INTEGERS || !(produced instanceof Produced.Texts texts)) {
            return produced;
        }
        String first = texts.values().get(0);
        if (first.matches("\\d{1,4}")) {
            return Produced.text(first);
        }
        context.warn(
                path,
                "is no number; %s is left out."
                        .formatted(context.rule().target().keyword()));
        return new Produced.Absent();
    }

    private void otherwise(Rule rule) {
        if (rule.otherwise() instanceof Rule.Otherwise.Constant constant) {
            record(rule, new Outcome(Produced.text(constant.value()), "constant"), true);
        } else if (rule.otherwise() instanceof Rule.Otherwise.Fail
                && rule.sources().get(0) instanceof Source.Field field) {
            throw missing(field, rule);
        }
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
        if (onlyIfEmpty && !attributes.texts(rule.target()).isEmpty()) {
            return;
        }
        (onlyIfEmpty ? defaults : attributes).put(rule.target(), outcome.produced());
        explanations.add(new Explanation(
                rule.target().path(), rule.id(), outcome.source(), shown(outcome.produced()), onlyIfEmpty));
    }

    private static String shown(Produced produced) {
        if (produced instanceof Produced.Texts texts) {
            return String.join("\\", texts.values());
        }
        return produced instanceof Produced.Items items
                ? items.values().stream().map(StepMapper::shown).collect(Collectors.joining(" "))
                : "";
    }

    /** {@code [CodeValue=R51, CodingSchemeDesignator=I10]}. */
    private static String shown(DataSet item) {
        List<String> parts = new ArrayList<>();
        for (Element element : item) {
            String value = element.value() instanceof Value.Items items
                    ? items.values().stream().map(StepMapper::shown).collect(Collectors.joining(" "))
                    : String.join("\\", item.texts(element.tag()));
            parts.add(Dictionary.keywordOf(element.tag()).orElse(element.tag().toString()) + "=" + value);
        }
        return "[" + String.join(", ", parts) + "]";
    }
}
