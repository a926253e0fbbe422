package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Groups of one message that name the same order and the same Scheduled Procedure Step ID are one step that has what all of
 * them say (IHE RAD TF-2 §4.4.4.1.2.2): codes, stations and texts are added, of a start the earliest counts, of everything
 * else the first, and what is left out is a warning. Used once.
 */
final class SameStep {

    /** A step has one of each; another one is another step. */
    private static final List<String> KEYS =
            List.of("ScheduledProcedureStepSequence.Modality", "StudyInstanceUID", "RequestedProcedureID");

    /** Sequences that may have several items (PS3.4 Table K.6-1). */
    private static final Set<Tag> SEVERAL_ITEMS = Set.of(
            Tags.ScheduledProtocolCodeSequence,
            Tags.ReasonForRequestedProcedureCodeSequence,
            Tags.IntendedRecipientsOfResultsIdentificationSequence,
            Tags.AdmittingDiagnosesCodeSequence,
            Tags.ReferencedStudySequence,
            Tags.ScheduledSpecimenSequence,
            Tags.PertinentDocumentsSequence,
            Tags.HL7StructuredDocumentReferenceSequence,
            Tags.ReferencedDefinedProtocolSequence,
            Tags.ReferencedPerformedProtocolSequence);

    /** Attributes that may have several values. */
    private static final Set<Tag> SEVERAL_VALUES = Set.of(
            Tags.ScheduledStationAETitle,
            Tags.ScheduledStationName,
            Tags.MedicalAlerts,
            Tags.NamesOfIntendedRecipientsOfResults);

    /** Texts for people, which are put one after the other. */
    private static final Set<Tag> TEXTS = Set.of(
            Tags.ScheduledProcedureStepDescription,
            Tags.RequestedProcedureDescription,
            Tags.ReasonForTheRequestedProcedure,
            Tags.RequestedProcedureComments,
            Tags.ImagingServiceRequestComments,
            Tags.CommentsOnTheScheduledProcedureStep,
            Tags.RequestedContrastAgent,
            Tags.PreMedication);

    private static final List<Tag> START =
            List.of(Tags.ScheduledProcedureStepStartDate, Tags.ScheduledProcedureStepStartTime);
    private static final List<Tag> END =
            List.of(Tags.ScheduledProcedureStepEndDate, Tags.ScheduledProcedureStepEndTime);

    private final List<MappedStep> steps;
    private final List<MappingWarning> warnings;

    private SameStep(List<MappedStep> steps, List<MappingWarning> warnings) {
        this.steps = steps;
        this.warnings = warnings;
    }

    /**
     * The steps of a message, each once, in the order of their first groups.
     *
     * @param warnings takes what is left out
     * @throws Hl7RejectedException AE 205 when groups of one step name different modalities, studies or procedures
     */
    static List<MappedStep> joined(List<MappedStep> groups, List<MappingWarning> warnings) {
        if (groups.size() < 2) {
            return groups;
        }
        List<List<MappedStep>> steps = new ArrayList<>();
        Map<String, List<List<MappedStep>>> byId = new HashMap<>();
        for (MappedStep group : groups) {
            if (stepId(group).isEmpty()) {
                steps.add(List.of(group));
                continue;
            }
            List<List<MappedStep>> sameId = byId.computeIfAbsent(stepId(group), id -> new ArrayList<>());
            sameId.stream()
                    .filter(step -> isSame(step.get(0), group))
                    .findFirst()
                    .orElseGet(() -> {
                        List<MappedStep> step = new ArrayList<>();
                        steps.add(step);
                        sameId.add(step);
                        return step;
                    })
                    .add(group);
        }
        return steps.size() == groups.size()
                ? groups
                : steps.stream()
                        .map(step -> step.size() == 1 ? step.get(0) : new SameStep(step, warnings).join())
                        .toList();
    }

    private static String stepId(MappedStep group) {
        String carried =
                group.attributes().item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepID);
        return carried.isEmpty()
                ? group.defaults().item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepID)
                : carried;
    }

    private static boolean isSame(MappedStep one, MappedStep other) {
        OrderNumbers its = one.event().numbers();
        OrderNumbers others = other.event().numbers();
        return one.action().bringsStep()
                && one.orderControl().equals(other.orderControl())
                && one.event().row().equals(other.event().row())
                && isSameNumber(its, others)
                && agree(
                        one.attributes().text(Tags.AccessionNumber),
                        other.attributes().text(Tags.AccessionNumber));
    }

    private static boolean isSameNumber(OrderNumbers one, OrderNumbers other) {
        boolean isSilent = (one.filler().isEmpty() || other.filler().isEmpty())
                && (one.placer().isEmpty() || other.placer().isEmpty());
        return !isSilent
                && agree(one.filler(), other.filler())
                && agree(one.fillerIssuer(), other.fillerIssuer())
                && agree(one.placer(), other.placer())
                && agree(one.placerIssuer(), other.placerIssuer());
    }

    private static boolean agree(String one, String other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    private MappedStep join() {
        KEYS.forEach(this::refuseSeveral);
        MappedStep first = steps.get(0);
        List<MappedStep.Group> further = new ArrayList<>();
        steps.subList(1, steps.size()).forEach(step -> further.add(new MappedStep.Group(step.event(), step.group())));
        DataSet attributes = join(steps.stream().map(MappedStep::attributes).toList(), true);
        return new MappedStep(
                first.event(),
                first.group(),
                first.number(),
                first.position(),
                further,
                attributes,
                join(steps.stream().map(MappedStep::defaults).toList(), false),
                Provenance.joined(
                        steps.stream().map(MappedStep::provenance).toList(),
                        explanations(attributes.item(Tags.ScheduledProcedureStepSequence))),
                steps.stream()
                        .flatMap(step -> step.warnings().stream())
                        .distinct()
                        .toList());
    }

    private void refuseSeveral(String keyword) {
        Target target = Target.of(keyword);
        Set<String> values = new TreeSet<>();
        for (MappedStep step : steps) {
            DataSet entry = step.complete();
            String value = (target.sequences().isEmpty() ? entry : entry.item(Tags.ScheduledProcedureStepSequence))
                    .text(target.tag());
            if (!value.isEmpty() && values.add(value) && values.size() > 1) {
                throw Hl7RejectedException.contentError(
                        ErrorCode.DUPLICATE_KEY_IDENTIFIER,
                        locationOf(explanationOf(step, target.tag())),
                        "Groups of the message name the same scheduled procedure step and differ in %s; one step has one. Send the same, or give each step an ID of its own."
                                .formatted(target.keyword()));
            }
        }
    }

    private DataSet join(List<DataSet> parts, boolean isCarried) {
        Map<Tag, Element> joined = joinFlat(parts, isCarried);
        if (parts.stream().anyMatch(part -> part.contains(Tags.ScheduledProcedureStepSequence))) {
            List<DataSet> items = parts.stream()
                    .map(part -> part.item(Tags.ScheduledProcedureStepSequence))
                    .toList();
            Map<Tag, Element> item = joinFlat(items, isCarried);
            takeFrom(items, START, item, Comparator.naturalOrder());
            takeFrom(items, END, item, Comparator.reverseOrder());
            joined.put(
                    Tags.ScheduledProcedureStepSequence,
                    new Element(
                            Tags.ScheduledProcedureStepSequence,
                            Vr.SQ,
                            new Value.Items(List.of(DataSet.of(item.values())))));
        }
        return DataSet.of(joined.values());
    }

    private Map<Tag, Element> joinFlat(List<DataSet> parts, boolean isCarried) {
        Map<Tag, List<Element>> all = new TreeMap<>();
        for (DataSet part : parts) {
            for (Element element : part) {
                if (!element.tag().equals(Tags.ScheduledProcedureStepSequence)) {
                    all.computeIfAbsent(element.tag(), tag -> new ArrayList<>()).add(element);
                }
            }
        }
        Map<Tag, Element> joined = new TreeMap<>();
        all.forEach((tag, given) -> {
            List<Element> values = given.stream()
                    .filter(element -> !element.isEmpty())
                    .distinct()
                    .toList();
            joined.put(tag, values.size() < 2 ? (values.isEmpty() ? given : values).get(0) : several(values));
            if (isCarried && values.size() > 1 && !isAdded(tag)) {
                warnLeftOut(tag);
            }
        });
        return joined;
    }

    /** The element with the values of all of them, where it may have several, else the first. */
    private Element several(List<Element> values) {
        Element first = values.get(0);
        Tag tag = first.tag();
        if (SEVERAL_ITEMS.contains(tag)) {
            List<DataSet> items = distinct(values, element -> ((Value.Items) element.value()).values());
            return new Element(tag, Vr.SQ, new Value.Items(items));
        } else if (SEVERAL_VALUES.contains(tag)) {
            return new Element(tag, first.vr(), new Value.Text(distinct(values, SameStep::texts)));
        } else if (TEXTS.contains(tag)) {
            return new Element(tag, first.vr(), new Value.Text(List.of(text(values))));
        }
        return first;
    }

    private static boolean isAdded(Tag tag) {
        return SEVERAL_ITEMS.contains(tag) || SEVERAL_VALUES.contains(tag) || TEXTS.contains(tag);
    }

    private static List<String> texts(Element element) {
        return ((Value.Text) element.value()).values();
    }

    private static <T> List<T> distinct(List<Element> elements, Function<Element, List<T>> valuesOf) {
        return elements.stream()
                .map(valuesOf)
                .flatMap(Collection::stream)
                .distinct()
                .toList();
    }

    private String text(List<Element> values) {
        Vr vr = values.get(0).vr();
        String separator = vr == Vr.LO || vr == Vr.SH ? ", " : "\r\n";
        String whole = String.join(separator, distinct(values, SameStep::texts));
        String fitted = Texts.shortened(whole, vr);
        if (fitted.length() < whole.length()) {
            Tag tag = values.get(0).tag();
            warn(
                    MappingWarning.Kind.CUT,
                    explanationOf(steps.get(steps.size() - 1), tag),
                    "%s of the groups of one step has %d characters together and is cut at %d."
                            .formatted(keyword(tag), whole.codePointCount(0, whole.length()), vr.maxLength()));
        }
        return fitted;
    }

    /** Date and time of the group that comes first in this order; one with a time goes before a date alone. */
    private static void takeFrom(
            List<DataSet> items, List<Tag> dateAndTime, Map<Tag, Element> item, Comparator<String> order) {
        Optional<DataSet> chosen = items.stream()
                .filter(one -> one.hasValue(dateAndTime.get(0)))
                .min(Comparator.<DataSet, String>comparing(one -> one.text(dateAndTime.get(0)), order)
                        .thenComparing(one -> !one.hasValue(dateAndTime.get(1)))
                        .thenComparing(one -> one.text(dateAndTime.get(1)), order));
        chosen.ifPresent(from -> dateAndTime.forEach(tag -> {
            item.remove(tag);
            from.get(tag).ifPresent(element -> item.put(tag, element));
        }));
    }

    private void warnLeftOut(Tag tag) {
        boolean isMoment = START.contains(tag) || END.contains(tag);
        String which = START.contains(tag) ? "the earliest start" : isMoment ? "the latest end" : "the first";
        Optional<Explanation> first = explanationOf(steps.get(0), tag);
        for (MappedStep step : steps.subList(1, steps.size())) {
            Optional<Explanation> other = explanationOf(step, tag);
            boolean differs = other.isPresent()
                    && !other.get().value().isEmpty()
                    && !other.map(Explanation::value).equals(first.map(Explanation::value));
            if (differs) {
                warn(
                        MappingWarning.Kind.CONTRADICTION,
                        other,
                        "%s is another one than in an earlier group of the same scheduled procedure step; %s counts."
                                .formatted(keyword(tag), which));
            }
        }
    }

    private void warn(MappingWarning.Kind kind, Optional<Explanation> met, String text) {
        warnings.add(new MappingWarning(
                kind,
                met.map(Explanation::ruleId).orElse(""),
                locationOf(met),
                met.map(Explanation::source).orElse("message"),
                text));
    }

    private static ErrorLocation locationOf(Optional<Explanation> explanation) {
        return explanation
                .flatMap(known -> known.outcome().sent().stream().findFirst())
                .map(SourceValue::location)
                .orElse(ErrorLocation.NONE);
    }

    private static Optional<Explanation> explanationOf(MappedStep step, Tag tag) {
        return step.explanations().stream()
                .filter(explanation -> outermost(explanation).equals(tag))
                .findFirst();
    }

    /** The attribute of the entry or of its step that a rule made, or made something in. */
    private static Tag outermost(Explanation explanation) {
        Target target = explanation.rule().target();
        List<Tag> inStep = target.sequences().stream()
                .filter(tag -> !tag.equals(Tags.ScheduledProcedureStepSequence))
                .toList();
        return inStep.isEmpty() ? target.tag() : inStep.get(0);
    }

    private static String keyword(Tag tag) {
        return Dictionary.keywordOf(tag).orElseGet(tag::toString);
    }

    /** Those of the first group, of the others what they added, and of start and end those that count. */
    private List<Explanation> explanations(DataSet item) {
        List<Explanation> all = new ArrayList<>(steps.get(0).explanations());
        for (MappedStep step : steps.subList(1, steps.size())) {
            for (Explanation explanation : step.explanations()) {
                boolean isThere = isAdded(outermost(explanation))
                        ? all.stream()
                                .anyMatch(other -> other.keyword().equals(explanation.keyword())
                                        && other.value().equals(explanation.value()))
                        : all.stream().anyMatch(other -> other.keyword().equals(explanation.keyword()));
                if (!isThere) {
                    all.add(explanation);
                }
            }
        }
        all.replaceAll(explanation -> counting(explanation, item));
        return all;
    }

    private Explanation counting(Explanation explanation, DataSet item) {
        Tag tag = outermost(explanation);
        return START.contains(tag) || END.contains(tag)
                ? steps.stream()
                        .map(step -> explanationOf(step, tag))
                        .flatMap(Optional::stream)
                        .filter(other -> other.value().equals(item.text(tag)))
                        .findFirst()
                        .orElse(explanation)
                : explanation;
    }
}
