package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.List;

/**
 * What a message says about one procedure step.
 *
 * @param event what happens to the order
 * @param group which order of the message, from 1; steps of one order share it
 * @param number which step of the order, from 1
 * @param position where it stands in the message, counted over all orders, from 1; of a step that several groups bring, the
 *     first of them
 * @param further the other groups of the message that bring it
 * @param attributes only what the message carries: a value, or zero length where it clears one; an update changes these
 *     and nothing else. The Scheduled Procedure Step Sequence has exactly one item
 * @param defaults what stands in where neither this message nor the stored entry has a value, for instance the filler
 *     order number for the accession number; never overwrites anything. Keys in it are not cut and may be too long
 * @param provenance why each attribute of both has its value, and why others have none
 * @param warnings what was put right or left out for this step, and of the message as a whole
 */
public record MappedStep(
        OrderEvent event,
        int group,
        int number,
        int position,
        List<Group> further,
        DataSet attributes,
        DataSet defaults,
        Provenance provenance,
        List<MappingWarning> warnings) {

    public MappedStep {
        further = List.copyOf(further);
        warnings = List.copyOf(warnings);
    }

    /**
     * Another group of the message that brings the same step.
     *
     * @param number which order of the message, from 1; several groups of one order share it
     */
    public record Group(OrderEvent event, int number) {}

    /** ORC-1, not empty. */
    public String orderControl() {
        return event.control();
    }

    public OrderAction action() {
        return event.row().action();
    }

    /** One for each attribute. */
    public List<Explanation> explanations() {
        return provenance.explanations();
    }

    /** The attributes of an entry that is not there yet: what the message carries, the defaults where it is silent. */
    public DataSet complete() {
        return withDefaults(attributes, defaults);
    }

    /** An entry with the defaults put in where it has no value, also inside the step's own item. */
    public static DataSet withDefaults(DataSet entry, DataSet defaults) {
        DataSet.Builder builder = Dictionary.dataSet(entry);
        for (Element element : defaults) {
            if (!entry.hasValue(element.tag())) {
                builder.put(element);
            }
        }
        DataSet step = defaults.item(Tags.ScheduledProcedureStepSequence);
        if (!step.isEmpty() && entry.hasValue(Tags.ScheduledProcedureStepSequence)) {
            builder.items(
                    Tags.ScheduledProcedureStepSequence,
                    withDefaults(entry.item(Tags.ScheduledProcedureStepSequence), step));
        }
        return builder.build();
    }

    /** Without values, which may be patient data. */
    @Override
    public String toString() {
        return "MappedStep[" + orderControl() + " " + group + "." + number + " " + attributes + "]";
    }
}
