package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.appointment.AppointmentEvent;
import io.collimator.workflow.appointment.AppointmentMessage;
import io.collimator.workflow.appointment.AppointmentMessage.BookedOrder;
import io.collimator.workflow.appointment.AppointmentMessage.Service;
import io.collimator.workflow.appointment.NoShowPolicy;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.usecase.OrderedProcedure.Candidate;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an appointment does to the steps of an accession; one that has begun or ended is not touched. */
final class AppointmentRules {

    private static final Set<Tag> CARRIED = Set.of(
            Tags.ScheduledStationAETitle,
            Tags.ScheduledProcedureStepStartDate,
            Tags.ScheduledProcedureStepStartTime,
            Tags.ScheduledProcedureStepEndDate,
            Tags.ScheduledProcedureStepEndTime,
            Tags.ScheduledPerformingPhysicianName,
            Tags.ScheduledStationName,
            Tags.ScheduledProcedureStepLocation);

    /**
     * What a message says of one order.
     *
     * @param drafts the accessions of the order that are meant
     * @return indexes of the services that fit none of their steps
     */
    Set<Integer> apply(Session session, List<AccessionDraft> drafts, BookedOrder order, AppointmentMessage message) {
        List<Candidate> steps = drafts.stream()
                .flatMap(draft -> draft.currentSteps().stream().map(step -> Candidate.of(draft, step)))
                .toList();
        BookedSteps booked = new BookedSteps(order.services(), steps);
        boolean isOpen = steps.stream().anyMatch(step -> step.step().status().isOpen());
        for (int i = 0; i < order.services().size(); i++) {
            Service service = order.services().get(i);
            boolean isMeant = booked.of(i).size() == 1 || !isOpen;
            for (Candidate step : booked.of(i)) {
                apply(new Work(session, step.draft(), message, service), step.step(), isMeant);
            }
        }
        return booked.unfit();
    }

    /** A service of a message, and the accession with the step that it is about. */
    private record Work(Session session, AccessionDraft draft, AppointmentMessage message, Service service) {

        DataSet said() {
            return EntryAttributes.step(service.entry());
        }

        String event() {
            return nameOf(service.event());
        }
    }

    /** @param isMeant whether the step itself is meant, not the whole order */
    private static void apply(Work work, ScheduledStep step, boolean isMeant) {
        boolean isMoved = work.service().event().schedules()
                && step.isMovedBy(work.service().entry());
        if (step.status() == StepStatus.DISCONTINUED && isMoved && isMeant) {
            repeat(work, step);
        } else if (step.status().isOpen() || (step.status() == StepStatus.CLOSED && isMoved)) {
            switch (work.service().event()) {
                case NEW, RESCHEDULE, MODIFY -> schedule(work, step);
                case CANCEL, DELETE -> unschedule(work, step);
                case NO_SHOW -> noShow(work, step);
            }
        } else if (isMoved && isMeant) {
            work.draft().hasNoEffect(NoEffect.of("Appointment " + work.event(), step));
        } else {
            work.draft()
                    .note(new AccessionDraft.Note(
                            "appointment.ignored",
                            "Appointment %s ignored for step %s, which is %s"
                                    .formatted(work.event(), step.stepId(), step.status())));
        }
    }

    /** A discontinued step is done again under a step ID of its own; what the modality reported stays. */
    private static void repeat(Work work, ScheduledStep step) {
        AccessionDraft draft = work.draft();
        String stepId = EntryCompletion.ownStepId(work.session(), draft);
        DataSet item = EntryAttributes.step(step.dataSet())
                .without(Tags.ScheduledProcedureStepStatus)
                .with(new Element(Tags.ScheduledProcedureStepID, Vr.SH, new Value.Text(stepId)));
        draft.reinstate();
        schedule(
                work,
                new ScheduledStep(
                        step.accession(),
                        stepId,
                        draft.nextOrdinal(),
                        true,
                        StepStatus.UNSCHEDULED,
                        step.dataSet()
                                .with(EntryAttributes.sequence(Tags.ScheduledProcedureStepSequence, List.of(item))),
                        step.standIns(),
                        step.orderedAt(),
                        step.stepId()));
    }

    private static void schedule(Work work, ScheduledStep step) {
        AccessionDraft draft = work.draft();
        DataSet carried = withEnd(only(work.said()));
        DataSet before = EntryAttributes.step(step.dataSet());
        DataSet item = EntryAttributes.mergeFlat(before, carried);
        boolean hasStart = carried.hasValue(Tags.ScheduledProcedureStepStartDate);
        if (!item.hasValue(Tags.ScheduledProcedureStepStartDate)) {
            item = keepStart(item, before);
        }
        Set<Tag> standIns = new HashSet<>(step.standIns());
        carried.forEach(element -> standIns.remove(element.tag()));
        StepStatus status = statusOf(work.service(), step, hasStart);
        ScheduledStep changed = step.with(
                status,
                step.dataSet().with(EntryAttributes.sequence(Tags.ScheduledProcedureStepSequence, List.of(item))),
                standIns,
                work.message().reception().receivedAt());
        if (status == StepStatus.UNSCHEDULED && work.service().hasArrived()) {
            draft.hasNoEffect(NoEffect.of("Appointment " + work.event(), changed));
        }
        if (changed.dataSet().equals(step.dataSet()) && changed.status() == step.status()) {
            return;
        }
        draft.put(
                changed,
                new AccessionDraft.Note(
                        "appointment." + work.event(),
                        "Step %s: %s%s".formatted(step.stepId(), OrderScheduling.slotOf(changed), stateOf(changed))));
        reopen(draft, changed);
        EntryCompletion.noteOnlyADate(draft, step.stepId(), before, item);
        if (before.hasValue(Tags.ScheduledStationAETitle) && !item.hasValue(Tags.ScheduledStationAETitle)) {
            draft.lacksStation(step.stepId());
        }
    }

    /** What lost its appointment is shown again with a new one, and with a change that says when. */
    private static StepStatus statusOf(Service service, ScheduledStep step, boolean hasStart) {
        boolean returns = step.status() == StepStatus.CLOSED
                || (step.status() == StepStatus.UNSCHEDULED
                        && (service.event() != AppointmentEvent.MODIFY || hasStart));
        StepStatus status = returns ? StepStatus.SCHEDULED : step.status();
        return service.hasArrived() && status == StepStatus.SCHEDULED ? StepStatus.ARRIVED : status;
    }

    private static void reopen(AccessionDraft draft, ScheduledStep step) {
        OrderStatus status = draft.ordered().orElseThrow().orderStatus();
        if (step.status().isToBeDone() && (status == OrderStatus.COMPLETED || status == OrderStatus.DISCONTINUED)) {
            draft.change(OrderStatus.SCHEDULED, "order.status", "Order is scheduled again by an appointment");
        }
    }

    private static String stateOf(ScheduledStep step) {
        return step.status() == StepStatus.ON_HOLD ? ", still on hold" : "";
    }

    private static void unschedule(Work work, ScheduledStep step) {
        if (step.status() == StepStatus.ON_HOLD) {
            work.draft()
                    .note(new AccessionDraft.Note(
                            "appointment.ignored",
                            "Appointment %s ignored for step %s, which is on hold and not shown"
                                    .formatted(work.event(), step.stepId())));
        } else if (step.status() != StepStatus.UNSCHEDULED) {
            work.draft()
                    .put(
                            step.withStatus(StepStatus.UNSCHEDULED),
                            new AccessionDraft.Note(
                                    "appointment." + work.event(),
                                    "Step %s has no appointment any more and is not shown until it has one, or the order says when"
                                            .formatted(step.stepId())));
        }
    }

    private static void noShow(Work work, ScheduledStep step) {
        AccessionDraft draft = work.draft();
        if (work.message().noShow() == NoShowPolicy.KEEP) {
            draft.note(new AccessionDraft.Note(
                    "appointment.no-show", "The patient did not come for step %s".formatted(step.stepId())));
            return;
        }
        draft.put(
                step.withStatus(StepStatus.CANCELLED),
                new AccessionDraft.Note(
                        "appointment.no-show", "Step %s cancelled: the patient did not come".formatted(step.stepId())));
        if (draft.isWhollyCancelled()) {
            draft.change(OrderStatus.CANCELLED, "order.cancelled", "Order cancelled: the patient did not come");
        }
    }

    private static DataSet only(DataSet step) {
        List<Element> elements = new ArrayList<>();
        for (Element element : EntryAttributes.carried(step)) {
            if (CARRIED.contains(element.tag())) {
                elements.add(element);
            }
        }
        return DataSet.of(elements);
    }

    /** A start cannot be cleared: an entry without one is illegal (PS3.4 Table K.6-1, type 1). */
    private static DataSet keepStart(DataSet item, DataSet before) {
        DataSet kept = item;
        for (Tag tag : List.of(Tags.ScheduledProcedureStepStartDate, Tags.ScheduledProcedureStepStartTime)) {
            Optional<Element> start = before.get(tag);
            kept = start.isPresent() ? kept.with(start.get()) : kept;
        }
        return kept;
    }

    /** An old end does not outlive its start. */
    private static DataSet withEnd(DataSet carried) {
        boolean isEndKept = carried.contains(Tags.ScheduledProcedureStepEndDate)
                || !carried.hasValue(Tags.ScheduledProcedureStepStartDate);
        return isEndKept
                ? carried
                : Dictionary.dataSet(carried)
                        .put(Tags.ScheduledProcedureStepEndDate)
                        .put(Tags.ScheduledProcedureStepEndTime)
                        .build();
    }

    private static String nameOf(AppointmentEvent event) {
        return event.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
