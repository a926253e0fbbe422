package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The attributes of a worklist entry: brought into one form, and merged with what an order message carries. */
final class EntryAttributes {

    private static final Set<Tag> KEYS = Set.of(
            Tags.AccessionNumber,
            Tags.StudyInstanceUID,
            Tags.RequestedProcedureID,
            Tags.ScheduledProcedureStepID,
            Tags.PlacerOrderNumberImagingServiceRequest,
            Tags.FillerOrderNumberImagingServiceRequest);

    private EntryAttributes() {}

    /** What a message carries: text without padding, keys that are empty left out. */
    static DataSet carried(DataSet attributes) {
        List<Element> elements = new ArrayList<>();
        for (Element element : normalized(attributes)) {
            if (element.tag().equals(Tags.ScheduledProcedureStepSequence)) {
                DataSet item = attributes.item(Tags.ScheduledProcedureStepSequence);
                elements.add(sequence(element.tag(), List.of(withoutEmptyKeys(normalized(item)))));
            } else {
                elements.add(element);
            }
        }
        return withoutEmptyKeys(DataSet.of(elements));
    }

    /**
     * The stored entry with what the message carries: absent attributes keep their value, those of zero length are
     * cleared, sequences are replaced, except that the step's one item is merged.
     */
    static DataSet merge(DataSet stored, DataSet carried) {
        DataSet merged = mergeFlat(stored, carried);
        if (!carried.contains(Tags.ScheduledProcedureStepSequence)) {
            return merged;
        }
        DataSet item = mergeFlat(
                stored.item(Tags.ScheduledProcedureStepSequence), carried.item(Tags.ScheduledProcedureStepSequence));
        return merged.with(sequence(Tags.ScheduledProcedureStepSequence, List.of(item)));
    }

    /** The entry with the defaults where it has no value, also inside the step's one item. */
    static DataSet withDefaults(DataSet entry, DataSet defaults) {
        DataSet filled = fill(entry, defaults.without(Tags.ScheduledProcedureStepSequence));
        DataSet itemDefaults = defaults.item(Tags.ScheduledProcedureStepSequence);
        return itemDefaults.isEmpty()
                ? filled
                : filled.with(sequence(
                        Tags.ScheduledProcedureStepSequence,
                        List.of(fill(filled.item(Tags.ScheduledProcedureStepSequence), itemDefaults))));
    }

    private static DataSet fill(DataSet dataSet, DataSet defaults) {
        DataSet filled = dataSet;
        for (Element element : defaults) {
            if (!element.isEmpty() && !filled.hasValue(element.tag())) {
                filled = filled.with(element);
            }
        }
        return filled;
    }

    /** A sequence element with these items. */
    static Element sequence(Tag tag, List<DataSet> items) {
        return new Element(tag, Vr.SQ, new Value.Items(items));
    }

    private static DataSet mergeFlat(DataSet stored, DataSet carried) {
        DataSet merged = stored;
        for (Element element : carried) {
            merged = element.isEmpty() ? merged.without(element.tag()) : merged.with(element);
        }
        return merged;
    }

    private static DataSet withoutEmptyKeys(DataSet dataSet) {
        DataSet kept = dataSet;
        for (Tag key : KEYS) {
            kept = kept.hasValue(key) ? kept : kept.without(key);
        }
        return kept;
    }

    /** As the store gives it back, so that what did not change is equal. */
    private static DataSet normalized(DataSet dataSet) {
        List<Element> elements = new ArrayList<>();
        for (Element element : dataSet) {
            if (!element.tag().equals(Tags.SpecificCharacterSet)) {
                elements.add(new Element(element.tag(), element.vr(), normalized(element.vr(), element.value())));
            }
        }
        return DataSet.of(elements);
    }

    private static Value normalized(Vr vr, Value value) {
        if (value instanceof Value.Text text) {
            List<String> values = text.values().stream()
                    .map(one -> vr.isMultiValued() ? one.strip() : one.stripTrailing())
                    .toList();
            return new Value.Text(values.stream().allMatch(String::isEmpty) ? List.of() : values);
        } else if (value instanceof Value.Items items) {
            return new Value.Items(
                    items.values().stream().map(EntryAttributes::normalized).toList());
        }
        return value;
    }
}
