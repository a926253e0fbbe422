package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.NamedField;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A group brings a step or changes one (HL7 v2.5.1 §4.5.1.1, table 0119: NW, XO, XX, RO, CH). */
final class OrderScheduling {

    private final EntryCompletion completion;

    OrderScheduling(EntryCompletion completion) {
        this.completion = completion;
    }

    /** Where a group belongs, and with which of its steps. */
    record Place(AccessionDraft draft, MeantSteps meant) {

        /**
         * The step that the group changes; empty when it brings one.
         *
         * @throws OrderRefusedException 101 when it cannot be told
         */
        Optional<ScheduledStep> stored(OrderGroup group) {
            return group.stepId().isEmpty() ? meant.stepOf(group) : draft.latest(group.stepId());
        }

        /** What is not there yet is not outdated, unless its order is over. */
        boolean isOutdated(OrderGroup group) {
            boolean isOver = draft.ordered()
                    .map(Accession::orderStatus)
                    .filter(OrderStatus::isWithdrawn)
                    .isPresent();
            boolean mayBeStored = draft.step(group.stepId()).isPresent() || meant.mayMeanStored(group);
            return (mayBeStored || isOver) && draft.isOutdated(group.word());
        }
    }

    /** A Study Instance UID that is to be a patient's, carried or derived. */
    private record StudyOf(Uid uid, PatientId patient) {}

    Place placeOf(AccessionDrafts drafts, OrderGroup group) {
        if (group.action() == OrderAction.UPDATE
                && group.policies().unknownChange() == OrderPolicies.UnknownChange.REFUSE
                && drafts.ofOrder(group).isEmpty()) {
            throw OrderTargets.unknown(group);
        }
        AccessionDraft draft = drafts.get(accessionOf(drafts, group));
        return new Place(draft, drafts.meantSteps(draft));
    }

    /** Returns the step as the group leaves it. */
    ScheduledStep apply(OrderRules.Work work, Place place, OrderGroup group) {
        AccessionDraft draft = place.draft();
        draft.ordered().ifPresent(accession -> checkOrder(work.drafts(), draft, accession, group));
        PatientId patient = group.patient();
        String carried = group.attributes().text(Tags.StudyInstanceUID);
        if (patient != null && !carried.isEmpty()) {
            checkStudy(work.session(), draft, group, new StudyOf(new Uid(carried), patient));
        }
        EntryCompletion.Change change = changeOf(draft, place.stored(group), group);
        change.stored().ifPresent(step -> checkStep(step, group));
        if (group.studyReplaced()) {
            draft.note(new AccessionDraft.Note(
                    "order.study-replaced",
                    "%s is no UID; one was derived".formatted(group.place().nameOf(OrderField.STUDY_INSTANCE_UID))));
        }
        ScheduledStep step = completion.complete(work.session(), change, work.receivedAt());
        if (patient != null && carried.isEmpty() && change.stored().isEmpty()) {
            Uid derived = new Uid(step.dataSet().text(Tags.StudyInstanceUID));
            checkStudy(work.session(), draft, group, new StudyOf(derived, patient));
        }
        save(change, step);
        EntryAttributes.ofPatient(group.attributes()).ifPresent(known -> reachSiblings(draft, step, known));
        return step;
    }

    /** A discontinued step that is to be done at another time is done again under a step ID of its own. */
    private static EntryCompletion.Change changeOf(
            AccessionDraft draft, Optional<ScheduledStep> stored, OrderGroup group) {
        Optional<ScheduledStep> repeated = stored.filter(step -> step.status() == StepStatus.DISCONTINUED)
                .filter(step -> step.isMovedBy(group.attributes()));
        return new EntryCompletion.Change(draft, repeated.isPresent() ? Optional.empty() : stored, repeated, group);
    }

    /** What a message says of the patient holds for every step of the accession that has not ended. */
    private static void reachSiblings(AccessionDraft draft, ScheduledStep step, DataSet patient) {
        for (ScheduledStep sibling : draft.steps()) {
            DataSet entry = EntryAttributes.merge(sibling.dataSet(), patient);
            boolean isReached =
                    !sibling.stepId().equals(step.stepId()) && !sibling.status().isEnded();
            if (isReached && !entry.equals(sibling.dataSet())) {
                draft.put(
                        sibling.withDataSet(entry),
                        new AccessionDraft.Note(
                                "order.updated",
                                "Step %s updated with what was said of the patient for step %s"
                                        .formatted(sibling.stepId(), step.stepId())));
            }
        }
    }

    private static AccessionNumber accessionOf(AccessionDrafts drafts, OrderGroup group) {
        List<AccessionDraft> known = drafts.ofOrder(group);
        AccessionNumber carried = group.accession();
        if (carried == null || (!known.isEmpty() && group.isAccessionTheFillerNumber())) {
            return carried != null && isAmong(known, carried) ? carried : accessionNotCarried(known, group);
        }
        if (!known.isEmpty() && !isAmong(known, carried) && !mayAddAccession(known, group)) {
            throw group.refusal(
                    OrderRefusedException.DUPLICATE_KEY,
                    OrderField.ACCESSION_NUMBER,
                    "The order with %s has accession number %s, not %s; the accession number of a scheduled step cannot change. Cancel the order and send a new one."
                            .formatted(group.orderNumber(), known.get(0).number(), carried));
        }
        return carried;
    }

    private static boolean isAmong(List<AccessionDraft> known, AccessionNumber number) {
        return known.stream().anyMatch(draft -> draft.number().equals(number));
    }

    /** One order may have several accessions: groups of one message, or a step that the order did not have yet. */
    private static boolean mayAddAccession(List<AccessionDraft> known, OrderGroup group) {
        boolean fromThisMessage = known.stream().noneMatch(AccessionDraft::wasOrderedBefore);
        boolean namesNewStep = !group.stepId().isEmpty()
                && known.stream().allMatch(draft -> draft.step(group.stepId()).isEmpty());
        return fromThisMessage || namesNewStep;
    }

    private static AccessionNumber accessionNotCarried(List<AccessionDraft> known, OrderGroup group) {
        if (known.size() == 1) {
            return known.get(0).number();
        }
        if (known.size() > 1) {
            return known.stream()
                    .filter(draft -> draft.step(group.stepId()).isPresent())
                    .map(AccessionDraft::number)
                    .findFirst()
                    .orElseThrow(() -> group.refusal(
                            OrderRefusedException.REQUIRED_FIELD_MISSING,
                            OrderField.ACCESSION_NUMBER,
                            "The order has several accession numbers and the message names none; send it."));
        }
        return newAccessionOf(group);
    }

    /** The accession number of a new order. */
    static AccessionNumber newAccessionOf(OrderGroup group) {
        if (group.accession() != null) {
            return group.accession();
        }
        List<NamedField> named = group.policies().accessionFields();
        if (!named.isEmpty()) {
            throw group.refusal(
                    OrderRefusedException.REQUIRED_FIELD_MISSING,
                    OrderField.ACCESSION_NUMBER,
                    "%s brings no accession number, and this sender's profile (accession-from) names no other field for it; send it."
                            .formatted(named.stream().map(NamedField::text).collect(Collectors.joining(", "))));
        }
        OrderNumber filler = group.filler();
        if (filler == null) {
            throw group.refusal(
                    OrderRefusedException.REQUIRED_FIELD_MISSING,
                    OrderField.ACCESSION_NUMBER,
                    "There is no accession number and no filler order number to take its place; send one.");
        }
        return group.newAccession()
                .orElseThrow(() -> group.refusal(
                        OrderRefusedException.DATA_TYPE_ERROR,
                        OrderField.FILLER_NUMBER,
                        "The filler order number stands for the accession number, which the message does not carry, and is no accession number: it has %d characters, DICOM allows 16. It is never cut: send an accession number."
                                .formatted(filler.number().length())));
    }

    private static void checkOrder(
            AccessionDrafts drafts, AccessionDraft draft, Accession accession, OrderGroup group) {
        boolean isItsOwn = group.isOrderOf(accession)
                || draft.steps().stream().anyMatch(group::broughtStep)
                || isSibling(draft, group)
                || takesThePlaceOf(drafts, draft, group);
        if (!isItsOwn) {
            throw group.refusal(
                    OrderRefusedException.DUPLICATE_KEY,
                    OrderField.ACCESSION_NUMBER,
                    "Accession number %s belongs to another order, not to the one with %s; send a number of its own."
                            .formatted(accession.number(), group.orderNumber()));
        }
        checkPatient(accession, group);
        boolean isNew = group.action() != OrderAction.UPDATE;
        boolean mayJoin = group.action() == OrderAction.CHILD && isSibling(draft, group);
        if (isNew && !mayJoin && draft.isBegun()) {
            throw group.refusal(
                    OrderRefusedException.DUPLICATE_KEY,
                    group.orderNumberField(),
                    "The order of accession %s %s".formatted(accession.number(), whyNotNew(draft)));
        }
        OrderStatus status = accession.orderStatus();
        if (!isNew && status != null && status.isWithdrawn()) {
            throw cancelled(group, "The order of accession " + accession.number());
        }
    }

    private static String whyNotNew(AccessionDraft draft) {
        List<StepStatus> statuses =
                draft.currentSteps().stream().map(ScheduledStep::status).toList();
        if (!statuses.stream().allMatch(StepStatus::isEnded)) {
            return "has begun, so it cannot be new; send XO to change it.";
        }
        return statuses.contains(StepStatus.DISCONTINUED)
                ? "was discontinued; send XO with a new start, or a new appointment (S12, S13), to do it again."
                : "was performed; send a new order with numbers of its own for another exam.";
    }

    /** Children of one parent may share an accession (panel). */
    private static boolean isSibling(AccessionDraft draft, OrderGroup group) {
        return group.action() == OrderAction.CHILD
                && group.parent().isNamed()
                && group.parent().equals(draft.parent());
    }

    /** A replacement may keep the accession number of what it replaces. */
    private static boolean takesThePlaceOf(AccessionDrafts drafts, AccessionDraft draft, OrderGroup group) {
        return group.action() == OrderAction.REPLACEMENT
                && drafts.replacedBy(group).contains(draft)
                && draft.ordered()
                        .filter(old -> old.orderStatus() == OrderStatus.REPLACED)
                        .isPresent();
    }

    static void checkPatient(Accession accession, OrderGroup group) {
        PatientId patient = group.patient();
        if (patient != null && !patient.equals(accession.patient().id())) {
            throw group.refusal(
                    OrderRefusedException.DUPLICATE_KEY,
                    OrderField.PATIENT_ID,
                    PatientAuthorities.otherPatient(
                            "Accession %s".formatted(accession.number()),
                            patient,
                            accession.patient().id()));
        }
    }

    private static void checkStep(ScheduledStep step, OrderGroup group) {
        if (group.action() == OrderAction.UPDATE && step.status() == StepStatus.CANCELLED) {
            throw cancelled(group, "Step " + step.stepId() + " of accession " + step.accession());
        }
        String study = group.attributes().text(Tags.StudyInstanceUID);
        if (step.status().isBegun()
                && !study.isEmpty()
                && !study.equals(step.dataSet().text(Tags.StudyInstanceUID))) {
            throw group.refusal(
                    OrderRefusedException.DUPLICATE_KEY,
                    OrderField.STUDY_INSTANCE_UID,
                    "Step %s of accession %s has begun under another Study Instance UID, which its images bear; it cannot change any more."
                            .formatted(step.stepId(), step.accession()));
        }
    }

    private static OrderRefusedException cancelled(OrderGroup group, String what) {
        return group.refusal(
                OrderRefusedException.UNKNOWN_KEY,
                group.orderNumberField(),
                what + " is cancelled, so it cannot be changed; send NW to reinstate it.");
    }

    /** What a modality reported never blocks an order: only other orders count. */
    private static void checkStudy(Session session, AccessionDraft draft, OrderGroup group, StudyOf study) {
        for (ScheduledStep other : session.scheduledSteps().ofStudy(study.uid())) {
            boolean isTheirs = session.accessions()
                    .find(other.accession())
                    .filter(accession -> accession.patient().id().equals(study.patient()))
                    .isPresent();
            if (!other.accession().equals(draft.number()) && !isTheirs) {
                throw group.refusal(
                        OrderRefusedException.DUPLICATE_KEY,
                        OrderField.STUDY_INSTANCE_UID,
                        "The Study Instance UID belongs to accession %s of another patient; send one of its own."
                                .formatted(other.accession()));
            }
        }
    }

    private static void save(EntryCompletion.Change change, ScheduledStep step) {
        AccessionDraft draft = change.draft();
        Optional<ScheduledStep> stored = change.stored();
        draft.repeat(sent(draft, step, change.group()));
        if (stored.isPresent() && step.equals(stored.get())) {
            return;
        }
        draft.put(accession(draft, step, change.group()));
        if (change.repeated().isPresent()) {
            draft.reinstate();
            draft.put(
                    step,
                    new AccessionDraft.Note(
                            "order.scheduled",
                            describe(
                                    step,
                                    "does step %s again, which was discontinued"
                                            .formatted(change.repeated().get().stepId()))));
        } else if (stored.isEmpty()) {
            draft.put(step, new AccessionDraft.Note("order.scheduled", describe(step, "scheduled")));
        } else if (!stored.get().status().isToBeDone() && step.status().isToBeDone()) {
            draft.reinstate();
            draft.put(step, new AccessionDraft.Note("order.scheduled", describe(step, "reinstated")));
        } else {
            draft.put(step, new AccessionDraft.Note("order.updated", describe(step, "updated")));
        }
    }

    /** What was ordered is what the first step's order says. */
    private static SentFields sent(AccessionDraft draft, ScheduledStep step, OrderGroup group) {
        boolean isFirst = draft.steps().stream().allMatch(other -> other.ordinal() >= step.ordinal());
        if (draft.ordered().isPresent() && !isFirst) {
            return draft.sent().changedBy(group.sent().ofPatientAndVisit());
        }
        return group.action() == OrderAction.UPDATE
                ? draft.sent().changedBy(group.sent())
                : draft.sent().placedBy(group.sent());
    }

    private static Accession accession(AccessionDraft draft, ScheduledStep step, OrderGroup group) {
        Optional<Accession> old = draft.ordered();
        OrderStatus status = old.map(Accession::orderStatus).orElse(OrderStatus.SCHEDULED);
        boolean staysHeld = status == OrderStatus.ON_HOLD && step.status() == StepStatus.ON_HOLD;
        boolean isDoneAgain =
                step.status().isOpen() && (status == OrderStatus.COMPLETED || status == OrderStatus.DISCONTINUED);
        boolean keepsStatus = (group.action() == OrderAction.UPDATE && !isDoneAgain) || staysHeld;
        return AccessionOfEntry.of(draft, step, group).withOrderStatus(keepsStatus ? status : OrderStatus.SCHEDULED);
    }

    private static String describe(ScheduledStep step, String what) {
        return "Step %s %s: %s".formatted(step.stepId(), what, slotOf(step));
    }

    /** What is done where and when, for people. */
    static String slotOf(ScheduledStep step) {
        DataSet item = step.dataSet().item(Tags.ScheduledProcedureStepSequence);
        String station = String.join(", ", item.texts(Tags.ScheduledStationAETitle));
        return "%s at %s, %s %s"
                .formatted(
                        item.text(Tags.Modality),
                        station.isEmpty() ? "no station" : station,
                        item.text(Tags.ScheduledProcedureStepStartDate),
                        item.text(Tags.ScheduledProcedureStepStartTime))
                .strip();
    }
}
