package io.collimator.workflow.order;

import io.collimator.dicom.data.DataSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group of an order message: a scheduled step, or what is to become of an order.
 *
 * @param orderIndex which ORC of the message it belongs to, from 1; several steps may share one
 * @param position where it stands in the message, from 1; of a step that several groups bring, the first of them
 * @param transactionTime ORC-9, null when it does not say
 * @param attributes what the message carries and nothing else, shaped as Table K.6-1 (PS3.4) with one item in the
 *     Scheduled Procedure Step Sequence; a zero length value stands for {@code ""} and clears. Order numbers stand in
 *     (0040,2016) and (0040,2017), their namespaces in (0040,0026) and (0040,0027), Local Namespace Entity ID
 * @param defaults of the same shape: what stands in where neither the message nor the stored entry has a value, for
 *     instance the station of a modality; overwrites nothing but an older default
 * @param warnings what was put right or left out of the message when it was mapped; no patient data
 * @param sent for statuses to repeat
 */
public record OrderedStep(
        Instruction instruction,
        int orderIndex,
        int position,
        @Nullable Instant transactionTime,
        ParentOrder parent,
        DataSet attributes,
        DataSet defaults,
        List<String> warnings,
        SentFields sent) {

    public OrderedStep {
        warnings = List.copyOf(warnings);
    }

    /** One of which nothing was left out, and nothing is kept to be repeated. */
    public OrderedStep(
            Instruction instruction,
            int orderIndex,
            int position,
            @Nullable Instant transactionTime,
            ParentOrder parent,
            DataSet attributes,
            DataSet defaults) {
        this(
                instruction,
                orderIndex,
                position,
                transactionTime,
                parent,
                attributes,
                defaults,
                List.of(),
                SentFields.NONE);
    }

    /**
     * What is to be done, as the order control table says it.
     *
     * @param control ORC-1 as it was sent, for people
     * @param stepStatus null when the table states none
     */
    public record Instruction(
            OrderAction action, String control, @Nullable StatedStatus stepStatus) {}

    /** The order that this one belongs to or takes the place of: ORC-8, OBR-29 (HL7 v2.5.1 §4.5.1.8, EIP). */
    public record ParentOrder(
            @Nullable OrderNumber placer, @Nullable OrderNumber filler) {

        public static final ParentOrder NONE = new ParentOrder(null, null);

        public boolean isNamed() {
            return placer != null || filler != null;
        }
    }
}
