package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.LastWord;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.patient.PatientId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and checks the keys of a group; what is wrong with them alone is refused here. */
final class OrderGroupReader {

    /** DICOM SH, the VR of accession number, requested procedure ID and step ID. */
    private static final int MAX_SHORT_KEY = 16;
    /** DICOM LO, the VR of order numbers (0040,2016) and (0040,2017). */
    private static final int MAX_ORDER_NUMBER = 64;

    private final OrderGroup.Place place;
    private final DataSet attributes;
    private final OrderPolicies policies;
    private final boolean studyReplaced;

    private OrderGroupReader(OrderGroup.Place place, DataSet carried, OrderPolicies policies) {
        this.place = place;
        this.policies = policies;
        this.studyReplaced = hasStudyToReplace(carried, policies);
        this.attributes = studyReplaced ? carried.without(Tags.StudyInstanceUID) : carried;
    }

    static List<OrderGroup> groupsOf(OrderMessage message) {
        List<OrderGroup> groups = new ArrayList<>();
        OrderedStep.ParentOrder above = OrderedStep.ParentOrder.NONE;
        for (OrderedStep step : message.steps()) {
            OrderGroup.Place place = new OrderGroup.Place(
                    step.position(),
                    step.orderIndex(),
                    message.form(),
                    message.policies().accessionFields());
            OrderGroup group = new OrderGroupReader(
                            place, EntryAttributes.carried(step.attributes()), message.policies())
                    .read(step, LastWord.of(message.reception(), step.transactionTime()));
            groups.add(group.action() == OrderAction.CHILD ? withParent(group, above) : group);
            if (group.action() == OrderAction.PARENT) {
                above = new OrderedStep.ParentOrder(group.placer(), group.filler());
            }
        }
        return groups;
    }

    /** A child without ORC-8 belongs to the parent that stands above it in the message. */
    private static OrderGroup withParent(OrderGroup group, OrderedStep.ParentOrder above) {
        return group.parent().isNamed()
                ? group
                : new OrderGroup(
                        group.place(),
                        group.instruction(),
                        group.policies(),
                        group.word(),
                        above,
                        group.placer(),
                        group.filler(),
                        group.accession(),
                        group.patient(),
                        group.stepId(),
                        group.attributes(),
                        group.defaults(),
                        group.sent(),
                        group.studyReplaced());
    }

    private static boolean hasStudyToReplace(DataSet carried, OrderPolicies policies) {
        String study = carried.text(Tags.StudyInstanceUID);
        return policies.studyUid() == OrderPolicies.StudyUid.REPLACE_INVALID && !study.isEmpty() && !Uid.isValid(study);
    }

    private OrderGroup read(OrderedStep step, LastWord word) {
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
        OrderAction action = step.instruction().action();
        boolean needsNumber = action != OrderAction.NOTE && action != OrderAction.PARENT;
        if (needsNumber && placer == null && filler == null) {
            throw place.refusal(
                    OrderRefusedException.REQUIRED_FIELD_MISSING,
                    OrderField.FILLER_NUMBER,
                    "ORC-2 and ORC-3 are empty, so the order cannot be told from others; send one of them.");
        }
        checkStudy();
        shortKey(attributes.text(Tags.RequestedProcedureID), OrderField.REQUESTED_PROCEDURE_ID);
        DataSet item = attributes.item(Tags.ScheduledProcedureStepSequence);
        return new OrderGroup(
                place,
                step.instruction(),
                policies,
                word,
                step.parent(),
                placer,
                filler,
                accession(filler),
                patient(),
                shortKey(item.text(Tags.ScheduledProcedureStepID), OrderField.STEP_ID),
                attributes,
                EntryAttributes.carried(step.defaults()),
                step.sent(),
                studyReplaced);
    }

    private @Nullable OrderNumber orderNumber(Tag numberTag, Tag issuerTag, OrderField field) {
        String text = attributes.text(numberTag);
        if (text.length() > MAX_ORDER_NUMBER) {
            throw tooLong(field, text, MAX_ORDER_NUMBER);
        }
        return OrderNumber.in(attributes, numberTag, issuerTag).orElse(null);
    }

    /** Where nobody says who gave it, and it is the filler order number: whoever gave that. */
    private @Nullable AccessionNumber accession(@Nullable OrderNumber filler) {
        String text = attributes.text(Tags.AccessionNumber);
        if (text.isBlank()) {
            return null;
        }
        AccessionNumber number = AccessionNumber.parse(text)
                .orElseThrow(() -> tooLong(OrderField.ACCESSION_NUMBER, text, AccessionNumber.MAX_LENGTH));
        Optional<String> stated = AssigningAuthority.ofIssuer(attributes, Tags.IssuerOfAccessionNumberSequence)
                .map(AssigningAuthority::key);
        return number.withIssuer(stated.orElseGet(
                () -> filler != null && filler.number().equals(number.value()) ? filler.issuerKey() : null));
    }

    private @Nullable PatientId patient() {
        String id = attributes.text(Tags.PatientID);
        if (id.isBlank()) {
            return null;
        }
        return PatientId.in(attributes).orElseThrow(() -> tooLong(OrderField.PATIENT_ID, id, PatientId.MAX_LENGTH));
    }

    private void checkStudy() {
        String text = attributes.text(Tags.StudyInstanceUID);
        if (!text.isBlank() && !Uid.isValid(text)) {
            throw place.refusal(
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
        return place.refusal(
                OrderRefusedException.DATA_TYPE_ERROR,
                field,
                "%s has %d characters or one that is not allowed; DICOM allows %d, no backslash and no control character. A key is never cut: send a shorter one."
                        .formatted(place.nameOf(field), text.length(), allowed));
    }
}
