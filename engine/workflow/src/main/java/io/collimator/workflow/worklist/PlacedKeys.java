package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query whose keys stand where PS3.4 Table K.6-1 has them. Some consoles send keys of the step at the root of the identifier,
 * others the patient or the accession in the step's item: they are read as if they stood in their place, for a key that is left
 * out widens the list.
 *
 * @param moved the keys that stood in the other place
 */
public record PlacedKeys(DataSet identifier, List<Tag> moved) {

    public PlacedKeys {
        moved = List.copyOf(moved);
    }

    /**
     * Moves each key to its place.
     *
     * @throws MalformedKeyException when a key stands in both places with different values
     */
    public static PlacedKeys of(DataSet identifier) {
        Optional<DataSet> item = stepItem(identifier);
        if (item.isEmpty()) {
            return new PlacedKeys(identifier, List.of());
        }
        DataSet root = identifier.without(Tags.ScheduledProcedureStepSequence);
        List<Tag> moved = new ArrayList<>();
        DataSet placedRoot = placed(root, item.get(), true, moved);
        DataSet placedItem = placed(item.get(), root, false, moved);
        if (moved.isEmpty()) {
            return new PlacedKeys(identifier, List.of());
        }
        boolean isWholeWanted = identifier.contains(Tags.ScheduledProcedureStepSequence)
                && item.get().isEmpty();
        DataSet step = isWholeWanted ? WorklistKeys.wholeStep().withAll(placedItem) : placedItem;
        boolean isStepWanted = identifier.contains(Tags.ScheduledProcedureStepSequence) || !step.isEmpty();
        return new PlacedKeys(
                isStepWanted
                        ? placedRoot.with(
                                new Element(Tags.ScheduledProcedureStepSequence, Vr.SQ, new Value.Items(List.of(step))))
                        : placedRoot,
                moved);
    }

    /** The step's keys, none where there is no item; empty when the sequence is malformed, which the query says. */
    private static Optional<DataSet> stepItem(DataSet identifier) {
        Optional<Element> sequence = identifier.get(Tags.ScheduledProcedureStepSequence);
        if (sequence.isEmpty() || sequence.get().isEmpty()) {
            return Optional.of(DataSet.empty());
        }
        return sequence.get().value() instanceof Value.Items items
                        && items.values().size() == 1
                ? Optional.of(items.values().get(0))
                : Optional.empty();
    }

    /** What belongs to this level, from both. */
    private static DataSet placed(DataSet own, DataSet other, boolean isRoot, List<Tag> moved) {
        DataSet placed = own;
        for (Element key : own) {
            if (isElsewhere(key.tag(), isRoot)) {
                placed = placed.without(key.tag());
                moved.add(key.tag());
            }
        }
        for (Element key : other) {
            if (isElsewhere(key.tag(), !isRoot)) {
                placed = placed.with(joined(own.get(key.tag()), key));
            }
        }
        return placed;
    }

    private static boolean isElsewhere(Tag key, boolean isRoot) {
        return isRoot ? WorklistKeys.isStepKey(key) : WorklistKeys.isSought(key);
    }

    private static Element joined(Optional<Element> inPlace, Element misplaced) {
        if (inPlace.isEmpty() || isEmpty(inPlace.get())) {
            return misplaced;
        }
        if (!isEmpty(misplaced) && !isSame(inPlace.get().value(), misplaced.value())) {
            throw new MalformedKeyException(misplaced.tag(), "At the root and in (0040,0100), with different values");
        }
        return inPlace.get();
    }

    private static boolean isEmpty(Element key) {
        return key.isEmpty()
                || (key.value() instanceof Value.Text text
                        && text.values().stream().allMatch(String::isBlank));
    }

    private static boolean isSame(Value one, Value other) {
        if (one instanceof Value.Text text && other instanceof Value.Text otherText) {
            return stripped(text).equals(stripped(otherText));
        }
        return one.equals(other);
    }

    private static List<String> stripped(Value.Text text) {
        return text.values().stream().map(String::strip).toList();
    }
}
