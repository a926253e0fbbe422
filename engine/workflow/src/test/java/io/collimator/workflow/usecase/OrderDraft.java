package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.StatedStatus;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An order to be varied. */
record OrderDraft(String control, @Nullable StatedStatus status, DataSet attributes, DataSet item, DataSet defaults) {

    OrderDraft(String control, DataSet attributes, DataSet item) {
        this(control, null, attributes, item, DataSet.empty());
    }

    static OrderDraft order(String control) {
        return new OrderDraft(
                control,
                null,
                keys().put(Tags.PatientName, "DOE^JOHN")
                        .put(Tags.PatientBirthDate, "19740312")
                        .put(Tags.PatientSex, "M")
                        .put(Tags.StudyInstanceUID, "1.2.3")
                        .put(Tags.RequestedProcedureID, "RP1")
                        .build(),
                Dictionary.dataSet()
                        .put(Tags.ScheduledProcedureStepID, "SPS1")
                        .put(Tags.ScheduledStationAETitle, "CT1")
                        .put(Tags.Modality, "CT")
                        .put(Tags.ScheduledProcedureStepStartDate, "20261122")
                        .put(Tags.ScheduledProcedureStepStartTime, "1030")
                        .build(),
                DataSet.empty());
    }

    /** What an order is found by, and nothing else. */
    static DataSet.Builder keys() {
        return Dictionary.dataSet()
                .put(Tags.AccessionNumber, "ACC1")
                .put(Tags.FillerOrderNumberImagingServiceRequest, "FIL1")
                .items(
                        Tags.OrderFillerIdentifierSequence,
                        Dictionary.dataSet()
                                .put(Tags.LocalNamespaceEntityID, "RAD")
                                .build())
                .put(Tags.PatientID, "PID-1")
                .put(Tags.IssuerOfPatientID, "NORTH");
    }

    OrderedStep build() {
        return build(1, null, OrderedStep.ParentOrder.NONE);
    }

    /** As the group with this number, of the first order of its message. */
    OrderedStep build(int number) {
        OrderedStep first = build();
        return new OrderedStep(
                first.instruction(),
                first.orderIndex(),
                number,
                first.transactionTime(),
                first.parent(),
                first.attributes(),
                first.defaults());
    }

    /** The group as it stands in a message. */
    OrderedStep build(int orderIndex, @Nullable Instant transactionTime, OrderedStep.ParentOrder parent) {
        return new OrderedStep(
                new OrderedStep.Instruction(action(), control, status),
                orderIndex,
                orderIndex,
                transactionTime,
                parent,
                Dictionary.dataSet(attributes)
                        .items(Tags.ScheduledProcedureStepSequence, item)
                        .build(),
                defaults);
    }

    /** As the shipped order control table says it. */
    private OrderAction action() {
        return switch (control) {
            case "NW" -> OrderAction.NEW;
            case "XO" -> OrderAction.UPDATE;
            case "CA" -> OrderAction.CANCEL_REQUEST;
            case "OC" -> OrderAction.CANCELLED;
            case "DC" -> OrderAction.DISCONTINUE_REQUEST;
            case "OD" -> OrderAction.DISCONTINUED;
            case "HD" -> OrderAction.HOLD;
            case "RL" -> OrderAction.RELEASE;
            case "RP" -> OrderAction.REPLACED;
            case "RO" -> OrderAction.REPLACEMENT;
            case "PA" -> OrderAction.PARENT;
            case "CH" -> OrderAction.CHILD;
            case "SC" -> OrderAction.STATUS;
            case "NA" -> OrderAction.NUMBER_ASSIGNED;
            default -> OrderAction.NOTE;
        };
    }

    OrderDraft control(String other) {
        return new OrderDraft(other, status, attributes, item, defaults);
    }

    OrderDraft stating(@Nullable StatedStatus other) {
        return new OrderDraft(control, other, attributes, item, defaults);
    }

    /** With this default in the step's item. */
    OrderDraft assuming(Tag tag, String value) {
        DataSet step = Dictionary.dataSet(defaults.item(Tags.ScheduledProcedureStepSequence))
                .put(tag, value)
                .build();
        return new OrderDraft(
                control,
                status,
                attributes,
                item,
                Dictionary.dataSet()
                        .items(Tags.ScheduledProcedureStepSequence, step)
                        .build());
    }

    OrderDraft put(Tag tag, String... values) {
        return change(data -> Dictionary.dataSet(data).put(tag, values).build());
    }

    OrderDraft without(Tag tag) {
        return change(data -> data.without(tag));
    }

    OrderDraft putInStep(Tag tag, String... values) {
        return new OrderDraft(
                control,
                status,
                attributes,
                Dictionary.dataSet(item).put(tag, values).build(),
                defaults);
    }

    OrderDraft items(Tag tag, DataSet... items) {
        return change(data -> Dictionary.dataSet(data).items(tag, items).build());
    }

    OrderDraft itemsInStep(Tag tag, DataSet... items) {
        return new OrderDraft(
                control,
                status,
                attributes,
                Dictionary.dataSet(item).items(tag, items).build(),
                defaults);
    }

    OrderDraft withoutInStep(Tag tag) {
        return new OrderDraft(control, status, attributes, item.without(tag), defaults);
    }

    OrderDraft filler(String number) {
        return put(Tags.FillerOrderNumberImagingServiceRequest, number);
    }

    OrderDraft accession(String number) {
        return put(Tags.AccessionNumber, number);
    }

    OrderDraft patient(String id) {
        return put(Tags.PatientID, id);
    }

    OrderDraft study(String uid) {
        return put(Tags.StudyInstanceUID, uid);
    }

    OrderDraft stepId(String id) {
        return putInStep(Tags.ScheduledProcedureStepID, id);
    }

    private OrderDraft change(UnaryOperator<DataSet> change) {
        return new OrderDraft(control, status, change.apply(attributes), item, defaults);
    }
}
