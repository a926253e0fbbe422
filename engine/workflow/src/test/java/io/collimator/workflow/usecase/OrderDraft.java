package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.order.OrderedStep;
import java.util.function.UnaryOperator;

/** An order to be varied. */
record OrderDraft(String control, DataSet attributes, DataSet item) {

    static OrderDraft order(String control) {
        return new OrderDraft(
                control,
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
                        .build());
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
        return new OrderedStep(
                control,
                Dictionary.dataSet(attributes)
                        .items(Tags.ScheduledProcedureStepSequence, item)
                        .build());
    }

    OrderDraft control(String other) {
        return new OrderDraft(other, attributes, item);
    }

    OrderDraft put(Tag tag, String... values) {
        return change(data -> Dictionary.dataSet(data).put(tag, values).build());
    }

    OrderDraft without(Tag tag) {
        return change(data -> data.without(tag));
    }

    OrderDraft putInStep(Tag tag, String... values) {
        return new OrderDraft(
                control, attributes, Dictionary.dataSet(item).put(tag, values).build());
    }

    OrderDraft withoutInStep(Tag tag) {
        return new OrderDraft(control, attributes, item.without(tag));
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
        return new OrderDraft(control, change.apply(attributes), item);
    }
}
