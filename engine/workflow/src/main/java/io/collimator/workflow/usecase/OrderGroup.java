package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.LastWord;
import io.collimator.workflow.order.NamedField;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.port.NewOrderKeys;
import io.collimator.workflow.worklist.ScheduledStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One group of an order message with its keys read and checked; whatever is wrong with them alone is refused before.
 *
 * @param word when it was said, by the sender's clock
 * @param accession null when the group carries none
 * @param patient null when the group carries none
 * @param stepId empty when the group carries none
 * @param attributes normalized; keys with zero length are left out, for a key cannot be cleared
 * @param defaults normalized likewise
 * @param sent for statuses to repeat
 * @param studyReplaced the Study Instance UID that it carried was none, and the sender's policy is to derive one then
 */
record OrderGroup(
        Place place,
        OrderedStep.Instruction instruction,
        OrderPolicies policies,
        LastWord word,
        OrderedStep.ParentOrder parent,
        @Nullable OrderNumber placer,
        @Nullable OrderNumber filler,
        @Nullable AccessionNumber accession,
        @Nullable PatientId patient,
        String stepId,
        DataSet attributes,
        DataSet defaults,
        SentFields sent,
        boolean studyReplaced) {

    /**
     * Where a group stands in its message.
     *
     * @param number its position, from 1
     * @param order which ORC it belongs to, from 1
     * @param accessionFields where its sender has the accession number; none: where the standard has it
     */
    record Place(int number, int order, OrderForm form, List<NamedField> accessionFields) {

        OrderRefusedException refusal(int code, OrderField field, String text) {
            OrderRefusedException.Location location = isOwn(field)
                    ? OrderRefusedException.Location.of(accessionFields.get(0), number, order)
                    : OrderRefusedException.Location.of(field, form, number, order);
            return new OrderRefusedException(code, location, text, number);
        }

        private boolean isOwn(OrderField field) {
            return field == OrderField.ACCESSION_NUMBER && !accessionFields.isEmpty();
        }

        /** The field's name, for people; the first of those that the sender's profile names. */
        String nameOf(OrderField field) {
            if (isOwn(field)) {
                return accessionFields.get(0).text();
            }
            return "%s-%d".formatted(field.segment(form), field.field(form));
        }
    }

    OrderAction action() {
        return instruction.action();
    }

    /** ORC-1 as it was sent. */
    String control() {
        return instruction.control();
    }

    /**
     * The accession that the group is for if its order is new: its own, else that of the filler order number, unless its
     * sender's profile says where the accession number stands.
     */
    Optional<AccessionNumber> newAccession() {
        if (accession != null) {
            return Optional.of(accession);
        }
        return filler == null || !policies.accessionFields().isEmpty()
                ? Optional.empty()
                : AccessionNumber.parse(filler.number()).map(number -> number.withIssuer(standInIssuer(filler)));
    }

    private @Nullable String standInIssuer(OrderNumber number) {
        String issuer = number.issuerKey();
        return issuer != null
                ? issuer
                : AssigningAuthority.ofIssuer(defaults, Tags.IssuerOfAccessionNumberSequence)
                        .map(AssigningAuthority::key)
                        .orElse(null);
    }

    private Uid derivedStudy(AccessionNumber number) {
        String procedure = attributes.text(Tags.RequestedProcedureID);
        return EntryCompletion.derivedStudy(number, procedure.isEmpty() ? number.value() : procedure);
    }

    /** The same group for an accession of which it is known now who gave its number. */
    OrderGroup withAccession(AccessionNumber known) {
        return new OrderGroup(
                place,
                instruction,
                policies,
                word,
                parent,
                placer,
                filler,
                known,
                patient,
                stepId,
                attributes,
                defaults,
                sent,
                studyReplaced);
    }

    /** What the store is asked for when the group says that its order is new. */
    NewOrderKeys keys(ReceivedMessage.Key message, Instant since) {
        return new NewOrderKeys(
                newAccession().orElse(null),
                placer,
                filler,
                Uid.parse(attributes.text(Tags.StudyInstanceUID))
                        .or(() -> newAccession().map(this::derivedStudy))
                        .orElse(null),
                message,
                since);
    }

    /** The same group about a patient whose number or attributes are known better. */
    OrderGroup withPatient(PatientId newPatient, DataSet newAttributes, DataSet newDefaults) {
        return new OrderGroup(
                place,
                instruction,
                policies,
                word,
                parent,
                placer,
                filler,
                accession,
                newPatient,
                stepId,
                newAttributes,
                newDefaults,
                sent,
                studyReplaced);
    }

    /** Whether the accession belongs to this group's order: the filler number decides, else the placer number. */
    boolean isOrderOf(Accession other) {
        return other.isOrdered() && isOrder(other.placer(), other.filler());
    }

    boolean isOrder(@Nullable OrderNumber otherPlacer, @Nullable OrderNumber otherFiller) {
        if (filler != null && otherFiller != null) {
            return filler.equals(otherFiller);
        }
        return placer != null && placer.equals(otherPlacer);
    }

    /** Whether the step was brought by the order of this group; steps of one accession may have orders of their own. */
    boolean broughtStep(ScheduledStep step) {
        return isOrder(placerOf(step), fillerOf(step));
    }

    /** Whether the step was brought by another order than the group's. */
    boolean isForeign(ScheduledStep step) {
        OrderNumber itsFiller = fillerOf(step);
        if (filler != null && itsFiller != null) {
            return !filler.equals(itsFiller);
        }
        OrderNumber itsPlacer = placerOf(step);
        return placer != null && itsPlacer != null && !placer.equals(itsPlacer);
    }

    private static @Nullable OrderNumber placerOf(ScheduledStep step) {
        return OrderNumber.in(
                        step.dataSet(), Tags.PlacerOrderNumberImagingServiceRequest, Tags.OrderPlacerIdentifierSequence)
                .orElse(null);
    }

    private static @Nullable OrderNumber fillerOf(ScheduledStep step) {
        return OrderNumber.in(
                        step.dataSet(), Tags.FillerOrderNumberImagingServiceRequest, Tags.OrderFillerIdentifierSequence)
                .orElse(null);
    }

    /** Whether the carried accession number only repeats the filler order number. */
    boolean isAccessionTheFillerNumber() {
        return accession != null && filler != null && accession.value().equals(filler.number());
    }

    /** The carried Study Instance UID; empty when there is none. */
    Optional<String> study() {
        return Optional.of(attributes.text(Tags.StudyInstanceUID)).filter(uid -> !uid.isEmpty());
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
        return place.refusal(code, field, text);
    }

    /** No such order, or one that is over. */
    OrderRefusedException unknown(String text) {
        return refusal(OrderRefusedException.UNKNOWN_KEY, orderNumberField(), text);
    }

    /** The order is in a state that does not allow it. */
    OrderRefusedException locked(String text) {
        return refusal(OrderRefusedException.RECORD_LOCKED, OrderField.ORDER_CONTROL, text);
    }
}
