package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

    /** The group of the patient's attributes (PS3.6). */
    private static final int PATIENT_GROUP = 0x0010;

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

    /**
     * An entry, and which of its attributes, the step's among them, have a default for a value. No attribute stands both
     * in the entry and in its step.
     */
    record Filled(DataSet entry, Set<Tag> standIns) {

        Filled {
            standIns = Set.copyOf(standIns);
        }
    }

    /**
     * What is stored with what a message carries, and with its defaults where nobody has said a value, also inside the
     * step's one item. A newer default replaces an older one, except in keys.
     */
    static Filled fill(Filled stored, DataSet carried, DataSet defaults) {
        DataSet merged = merge(stored.entry(), carried);
        Set<Tag> standIns = new HashSet<>(stored.standIns());
        DataSet carriedItem = carried.item(Tags.ScheduledProcedureStepSequence);
        standIns.removeIf(tag -> carried.contains(tag) || carriedItem.contains(tag));
        DataSet filled = fill(merged, defaults.without(Tags.ScheduledProcedureStepSequence), standIns);
        DataSet itemDefaults = defaults.item(Tags.ScheduledProcedureStepSequence);
        if (!itemDefaults.isEmpty()) {
            DataSet item = fill(filled.item(Tags.ScheduledProcedureStepSequence), itemDefaults, standIns);
            filled = filled.with(sequence(Tags.ScheduledProcedureStepSequence, List.of(item)));
        }
        return new Filled(filled, standIns);
    }

    private static DataSet fill(DataSet dataSet, DataSet defaults, Set<Tag> standIns) {
        DataSet.Builder filled = dataSet.toBuilder(Dictionary::vrOf);
        for (Element element : defaults) {
            Tag tag = element.tag();
            boolean isFree = !dataSet.hasValue(tag) || (standIns.contains(tag) && !KEYS.contains(tag));
            if (!element.isEmpty() && isFree) {
                filled.put(element);
                standIns.add(tag);
            }
        }
        return filled.build();
    }

    /** A data set in which nothing is nested, with the defaults where it has no value. */
    static DataSet completed(DataSet dataSet, DataSet defaults) {
        return fill(dataSet, defaults, new HashSet<>());
    }

    /** What the message says of the patient, empty when it says nothing; the history comes with the request (OBR-13). */
    static Optional<DataSet> ofPatient(DataSet carried) {
        List<Element> elements = new ArrayList<>();
        for (Element element : carried) {
            if (element.tag().group() == PATIENT_GROUP && !element.tag().equals(Tags.AdditionalPatientHistory)) {
                elements.add(element);
            }
        }
        return elements.isEmpty() ? Optional.empty() : Optional.of(DataSet.of(elements));
    }

    /** The item of the Scheduled Procedure Step Sequence, empty when there is none. */
    static DataSet step(DataSet entry) {
        return entry.item(Tags.ScheduledProcedureStepSequence);
    }

    /** A sequence element with these items. */
    static Element sequence(Tag tag, List<DataSet> items) {
        return new Element(tag, Vr.SQ, new Value.Items(items));
    }

    /** Like {@link #merge} for a data set in which nothing is nested. */
    static DataSet mergeFlat(DataSet stored, DataSet carried) {
        DataSet.Builder merged = stored.toBuilder(Dictionary::vrOf);
        for (Element element : carried) {
            if (element.isEmpty()) {
                merged.remove(element.tag());
            } else {
                merged.put(element);
            }
        }
        return merged.build();
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
            List<String> values = new ArrayList<>(text.values().size());
            boolean isEmpty = true;
            for (String one : text.values()) {
                String stripped = vr.isMultiValued() ? one.strip() : one.stripTrailing();
                values.add(stripped);
                isEmpty &= stripped.isEmpty();
            }
            return new Value.Text(isEmpty ? List.of() : values);
        } else if (value instanceof Value.Items items) {
            return new Value.Items(
                    items.values().stream().map(EntryAttributes::normalized).toList());
        }
        return value;
    }
}
