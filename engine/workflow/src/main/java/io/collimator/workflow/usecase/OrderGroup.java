package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderControl;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.patient.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * One group of an order message with its keys read and checked; whatever is wrong with them alone is refused here.
 *
 * @param number position in the message, from 1
 * @param accession null when the group carries none
 * @param patient null when the group carries none
 * @param stepId empty when the group carries none
 * @param attributes normalized; keys with zero length are left out, for a key cannot be cleared
 * @param defaults normalized likewise
 */
record OrderGroup(
        int number,
        OrderForm form,
        OrderControl control,
        @Nullable OrderNumber placer,
        @Nullable OrderNumber filler,
        @Nullable AccessionNumber accession,
        @Nullable PatientId patient,
        String stepId,
        DataSet attributes,
        DataSet defaults) {

    /** DICOM SH, the VR of accession number, requested procedure ID and step ID. */
    private static final int MAX_SHORT_KEY = 16;
    /** DICOM LO, the VR of order numbers (0040,2016) and (0040,2017). */
    private static final int MAX_ORDER_NUMBER = 64;

    static OrderGroup of(OrderedStep step, int number, OrderForm form) {
        Reader reader = new Reader(
                number, form, EntryAttributes.carried(step.attributes()), EntryAttributes.carried(step.defaults()));
        OrderControl control = OrderControl.of(step.orderControl())
                .orElseThrow(() -> reader.refusal(
                        OrderRefusedException.TABLE_VALUE_NOT_FOUND,
                        OrderField.ORDER_CONTROL,
                        "ORC-1 is none of the order control codes that are served; send NW, XO, CA, OC or DC."));
        return reader.read(control);
    }

    /** Whether the accession belongs to this group's order: the filler number decides, else the placer number. */
    boolean isOrderOf(Accession other) {
        if (!other.isOrdered()) {
            return false;
        }
        if (filler != null && other.filler() != null) {
            return filler.equals(other.filler());
        }
        return placer != null && placer.equals(other.placer());
    }

    /** Whether the carried accession number only repeats the filler order number. */
    boolean isAccessionTheFillerNumber() {
        return accession != null && filler != null && accession.value().equals(filler.number());
    }

    /** The field with the number that the order is known by. */
    OrderField orderNumberField() {
        return filler != null ? OrderField.FILLER_NUMBER : OrderField.PLACER_NUMBER;
    }

    /** The number that the order is known by, for people. */
    String orderNumber() {
        return filler != null ? "filler order number " + filler : "placer order number " + placer;
    }

    OrderRefusedException refusal(int code, OrderField field, String text) {
        return new OrderRefusedException(code, OrderRefusedException.Location.of(field, form, number), text);
    }

    private record Reader(int number, OrderForm form, DataSet attributes, DataSet defaults) {

        OrderGroup read(OrderControl control) {
            @Nullable
            OrderNumber placer = orderNumber(
                    Tags.PlacerOrderNumberImagingServiceRequest,
                    Tags.OrderPlacerIdentifierSequence,
                    OrderField.PLACER_NUMBER);
            @Nullable
            OrderNumber filler = orderNumber(
                    Tags.FillerOrderNumberImagingServiceRequest,
                    Tags.OrderFillerIdentifierSequence,
                    OrderField.FILLER_NUMBER);
            if (placer == null && filler == null) {
                throw refusal(
                        OrderRefusedException.REQUIRED_FIELD_MISSING,
                        OrderField.FILLER_NUMBER,
                        "ORC-2 and ORC-3 are empty, so the order cannot be told from others; send one of them.");
            }
            checkStudy();
            shortKey(attributes.text(Tags.RequestedProcedureID), OrderField.REQUESTED_PROCEDURE_ID);
            DataSet item = attributes.item(Tags.ScheduledProcedureStepSequence);
            return new OrderGroup(
                    number,
                    form,
                    control,
                    placer,
                    filler,
                    accession(),
                    patient(),
                    shortKey(item.text(Tags.ScheduledProcedureStepID), OrderField.STEP_ID),
                    attributes,
                    defaults);
        }

        private @Nullable OrderNumber orderNumber(Tag numberTag, Tag issuerTag, OrderField field) {
            String text = attributes.text(numberTag);
            if (text.isBlank()) {
                return null;
            }
            if (text.length() > MAX_ORDER_NUMBER) {
                throw tooLong(field, text, MAX_ORDER_NUMBER);
            }
            return new OrderNumber(text, attributes.item(issuerTag).text(Tags.LocalNamespaceEntityID));
        }

        private @Nullable AccessionNumber accession() {
            String text = attributes.text(Tags.AccessionNumber);
            if (text.isBlank()) {
                return null;
            }
            return AccessionNumber.parse(text)
                    .orElseThrow(() -> tooLong(OrderField.ACCESSION_NUMBER, text, AccessionNumber.MAX_LENGTH));
        }

        private @Nullable PatientId patient() {
            String id = attributes.text(Tags.PatientID);
            if (id.isBlank()) {
                return null;
            }
            try {
                return new PatientId(id, attributes.text(Tags.IssuerOfPatientID));
            } catch (IllegalArgumentException e) {
                throw tooLong(OrderField.PATIENT_ID, id, MAX_ORDER_NUMBER);
            }
        }

        private void checkStudy() {
            String text = attributes.text(Tags.StudyInstanceUID);
            if (!text.isBlank() && !Uid.isValid(text)) {
                throw refusal(
                        OrderRefusedException.DATA_TYPE_ERROR,
                        OrderField.STUDY_INSTANCE_UID,
                        "StudyInstanceUID has %d characters and is no UID; send digits and dots, 64 at most, no component with a leading zero."
                                .formatted(text.length()));
            }
        }

        private String shortKey(String text, OrderField field) {
            if (text.length() > MAX_SHORT_KEY) {
                throw tooLong(field, text, MAX_SHORT_KEY);
            }
            return text;
        }

        private OrderRefusedException tooLong(OrderField field, String text, int allowed) {
            return refusal(
                    OrderRefusedException.DATA_TYPE_ERROR,
                    field,
                    "%s-%d has %d characters or one that is not allowed; DICOM allows %d, no backslash and no control character. A key is never cut: send a shorter one."
                            .formatted(field.segment(form), field.field(form), text.length(), allowed));
        }

        private OrderRefusedException refusal(int code, OrderField field, String text) {
            return new OrderRefusedException(code, OrderRefusedException.Location.of(field, form, number), text);
        }
    }
}
