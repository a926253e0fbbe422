package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.appointment.AppointmentEvent;
import io.collimator.workflow.appointment.AppointmentMessage;
import io.collimator.workflow.appointment.NoShowPolicy;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStart;
import io.collimator.workflow.worklist.StepStatus;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an appointment does to the steps of an accession; one that has begun or ended is not touched. */
final class AppointmentRules {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

    private static final Set<Tag> CARRIED = Set.of(
            Tags.ScheduledStationAETitle,
            Tags.ScheduledProcedureStepStartDate,
            Tags.ScheduledProcedureStepStartTime,
            Tags.ScheduledProcedureStepEndDate,
            Tags.ScheduledProcedureStepEndTime,
            Tags.ScheduledPerformingPhysicianName,
            Tags.ScheduledStationName,
            Tags.ScheduledProcedureStepLocation);

    void apply(AccessionDraft draft, AppointmentMessage message) {
        List<ScheduledStep> open =
                draft.steps().stream().filter(step -> step.status().isOpen()).toList();
        String event = nameOf(message.event());
        for (ScheduledStep step : draft.steps()) {
            if (!step.status().isOpen()) {
                draft.note(new AccessionDraft.Note(
                        "appointment.ignored",
                        "Appointment %s ignored for step %s, which is %s"
                                .formatted(event, step.stepId(), step.status())));
            }
        }
        for (ScheduledStep step : open) {
            apply(draft, message, step);
        }
        if (message.event() == AppointmentEvent.NO_SHOW
                && message.noShow() == NoShowPolicy.CANCEL
                && !open.isEmpty()
                && draft.isWhollyCancelled()) {
            draft.change(OrderStatus.CANCELLED, "order.cancelled", "Order cancelled: the patient did not come");
        }
    }

    private static void apply(AccessionDraft draft, AppointmentMessage message, ScheduledStep step) {
        switch (message.event()) {
            case NEW, RESCHEDULE, MODIFY -> schedule(draft, message, step);
            case CANCEL, DELETE -> unschedule(draft, message, step);
            case NO_SHOW -> noShow(draft, message, step);
        }
    }

    private static void schedule(AccessionDraft draft, AppointmentMessage message, ScheduledStep step) {
        DataSet carried = withEnd(only(message.step()), message, step);
        DataSet before = step.dataSet().item(Tags.ScheduledProcedureStepSequence);
        DataSet item = EntryAttributes.mergeFlat(before, carried);
        if (!item.hasValue(Tags.ScheduledProcedureStepStartDate)) {
            item = keepStart(item, before);
        }
        Set<Tag> standIns = new HashSet<>(step.standIns());
        carried.forEach(element -> standIns.remove(element.tag()));
        // S14 tells of resources; only a time shows again what lost its appointment
        boolean returns = step.status() == StepStatus.UNSCHEDULED && message.event() != AppointmentEvent.MODIFY;
        ScheduledStep changed = new ScheduledStep(
                step.accession(),
                step.stepId(),
                step.ordinal(),
                step.stepIdDerived(),
                returns ? StepStatus.SCHEDULED : step.status(),
                step.dataSet().with(EntryAttributes.sequence(Tags.ScheduledProcedureStepSequence, List.of(item))),
                standIns,
                message.reception().receivedAt());
        if (changed.dataSet().equals(step.dataSet()) && changed.status() == step.status()) {
            return;
        }
        draft.put(
                changed,
                new AccessionDraft.Note(
                        "appointment." + nameOf(message.event()),
                        "Step %s: %s%s".formatted(step.stepId(), OrderScheduling.slotOf(changed), stateOf(changed))));
        EntryCompletion.noteOnlyADate(draft, step.stepId(), before, item);
        if (before.hasValue(Tags.ScheduledStationAETitle) && !item.hasValue(Tags.ScheduledStationAETitle)) {
            draft.lacksStation(step.stepId());
        }
    }

    private static String stateOf(ScheduledStep step) {
        return step.status() == StepStatus.ON_HOLD ? ", still on hold" : "";
    }

    private static void unschedule(AccessionDraft draft, AppointmentMessage message, ScheduledStep step) {
        if (step.status() == StepStatus.ON_HOLD) {
            draft.note(new AccessionDraft.Note(
                    "appointment.ignored",
                    "Appointment %s ignored for step %s, which is on hold and not shown"
                            .formatted(nameOf(message.event()), step.stepId())));
        } else if (step.status() != StepStatus.UNSCHEDULED) {
            draft.put(
                    step.withStatus(StepStatus.UNSCHEDULED),
                    new AccessionDraft.Note(
                            "appointment." + nameOf(message.event()),
                            "Step %s has no appointment any more and is not shown until it has one"
                                    .formatted(step.stepId())));
        }
    }

    private static void noShow(AccessionDraft draft, AppointmentMessage message, ScheduledStep step) {
        if (message.noShow() == NoShowPolicy.KEEP) {
            draft.note(new AccessionDraft.Note(
                    "appointment.no-show", "The patient did not come for step %s".formatted(step.stepId())));
        } else {
            draft.put(
                    step.withStatus(StepStatus.CANCELLED),
                    new AccessionDraft.Note(
                            "appointment.no-show",
                            "Step %s cancelled: the patient did not come".formatted(step.stepId())));
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

    /** The end that follows from start and duration; an old one does not outlive its start. */
    private static DataSet withEnd(DataSet carried, AppointmentMessage message, ScheduledStep step) {
        boolean movesStart = carried.hasValue(Tags.ScheduledProcedureStepStartDate);
        if (carried.hasValue(Tags.ScheduledProcedureStepEndDate) || (!movesStart && message.duration() == null)) {
            return carried;
        }
        DataSet start = movesStart ? carried : step.dataSet().item(Tags.ScheduledProcedureStepSequence);
        boolean hasTime = start.hasValue(Tags.ScheduledProcedureStepStartTime);
        Optional<LocalDateTime> end = message.duration() == null || !hasTime
                ? Optional.empty()
                : StepStart.of(start).earliest().map(time -> time.plus(message.duration()));
        return Dictionary.dataSet(carried)
                .put(
                        Tags.ScheduledProcedureStepEndDate,
                        end.map(DATE::format).map(text -> new String[] {text}).orElseGet(() -> new String[0]))
                .put(
                        Tags.ScheduledProcedureStepEndTime,
                        end.map(TIME::format).map(text -> new String[] {text}).orElseGet(() -> new String[0]))
                .build();
    }

    private static String nameOf(AppointmentEvent event) {
        return event.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
