package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The answer to a query from an entry: what was asked for and nothing else, zero length where the entry has no value
 * (PS3.4 §K.4.1.1.3.2). A sequence that is asked for without naming attributes comes whole. Text that is too long for its
 * VR, which some modalities do not survive, is cut; identifiers never are, because too long ones are not accepted.
 */
public final class WorklistProjection {

    private static final int MAX_NAME_GROUP = 64;

    private final DataSet identifier;

    public WorklistProjection(DataSet identifier) {
        this.identifier = identifier;
    }

    /** The entry as the request wants it, without Specific Character Set, which depends on the encoding. */
    public DataSet of(DataSet entry) {
        List<Element> answer = new ArrayList<>();
        for (Element key : identifier) {
            Tag tag = key.tag();
            if (WorklistKeys.isFrame(tag)) {
                continue;
            }
            Predicate<Tag> supported =
                    tag.equals(Tags.ScheduledProcedureStepSequence) ? WorklistKeys::isStepKey : nested -> true;
            if (WorklistKeys.isEntryKey(tag) || entry.hasValue(tag)) {
                answer.add(project(key, entry, supported));
            }
        }
        return DataSet.of(answer);
    }

    /** The entry with everything that it has, and with this start time where it has only a date. */
    public static DataSet whole(DataSet entry, LocalTime whenOnlyADate) {
        return fitted(StepStart.withTime(entry, whenOnlyADate));
    }

    private static Element project(Element key, DataSet entry, Predicate<Tag> supported) {
        Tag tag = key.tag();
        if (!entry.hasValue(tag)) {
            return empty(tag, key.vr());
        }
        Element stored = entry.get(tag).orElseThrow();
        if (!(stored.value() instanceof Value.Items items)) {
            return fitted(stored);
        }
        DataSet wanted = key.value() instanceof Value.Items keyItems && !keyItems.isEmpty()
                ? keyItems.values().get(0)
                : DataSet.empty();
        List<DataSet> projected = items.values().stream()
                .map(item -> wanted.isEmpty() ? fitted(item) : project(wanted, item, supported))
                .toList();
        return new Element(tag, Vr.SQ, new Value.Items(projected));
    }

    private static DataSet project(DataSet wanted, DataSet item, Predicate<Tag> supported) {
        List<Element> elements = new ArrayList<>();
        for (Element key : wanted) {
            if (!WorklistKeys.isFrame(key.tag()) && (supported.test(key.tag()) || item.hasValue(key.tag()))) {
                elements.add(project(key, item, nested -> true));
            }
        }
        return DataSet.of(elements);
    }

    private static Element empty(Tag tag, Vr requested) {
        Vr known = Dictionary.vrOf(tag);
        return Element.empty(tag, known == Vr.UN ? requested : known);
    }

    private static DataSet fitted(DataSet item) {
        List<Element> elements = new ArrayList<>();
        item.forEach(element -> elements.add(fitted(element)));
        return DataSet.of(elements);
    }

    private static Element fitted(Element element) {
        if (element.value() instanceof Value.Items items) {
            return new Element(
                    element.tag(),
                    Vr.SQ,
                    new Value.Items(items.values().stream()
                            .map(WorklistProjection::fitted)
                            .toList()));
        }
        if (!(element.value() instanceof Value.Text text)) {
            return element;
        }
        Vr vr = element.vr();
        int limit = limitOf(vr);
        return text.values().stream().allMatch(value -> value.length() <= limit)
                ? element
                : new Element(
                        element.tag(),
                        vr,
                        new Value.Text(text.values().stream()
                                .map(value -> vr == Vr.PN ? fittedName(value) : cut(value, limit))
                                .toList()));
    }

    /** What is not longer need not be cut; a name has the limit in each of its groups. */
    private static int limitOf(Vr vr) {
        return switch (vr) {
            case PN -> MAX_NAME_GROUP;
            case SH, LO, ST, LT -> vr.maxLength();
            default -> Integer.MAX_VALUE;
        };
    }

    private static String fittedName(String name) {
        return Arrays.stream(name.split("=", -1))
                .map(group -> cut(group, MAX_NAME_GROUP))
                .collect(Collectors.joining("="));
    }

    /** Never through the middle of a character. */
    private static String cut(String text, int maxLength) {
        return text.codePointCount(0, text.length()) <= maxLength
                ? text
                : text.substring(0, text.offsetByCodePoints(0, maxLength));
    }
}
