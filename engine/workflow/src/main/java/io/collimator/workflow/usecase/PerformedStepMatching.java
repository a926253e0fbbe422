package io.collimator.workflow.usecase;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientRecord;
import io.collimator.workflow.performed.MatchingLadder;
import io.collimator.workflow.performed.PerformedItem;
import io.collimator.workflow.performed.PerformedItem.Link;
import io.collimator.workflow.performed.PerformedLink;
import io.collimator.workflow.performed.PerformedStatus;
import io.collimator.workflow.performed.PerformedStep;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.performed.StepKeys;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds what performed steps belong to and what follows for the scheduled ones. */
public final class PerformedStepMatching {

    private static final String AFTER_CANCEL = "mpps.after-cancel";

    private final Problems problems;
    private final Notices notices;

    public PerformedStepMatching(Problems problems, Notices notices) {
        this.problems = problems;
        this.notices = notices;
    }

    /** The accessions that a step has to do with, as they were; locked. Those known from it alone are {@code created}. */
    record Involved(SortedMap<AccessionNumber, Accession> before, SortedMap<AccessionNumber, Accession> created) {

        Optional<Accession> find(AccessionNumber number) {
            return Optional.ofNullable(before.get(number)).or(() -> Optional.ofNullable(created.get(number)));
        }
    }

    /** Locks the patient's record and every accession that the keys of the step could mean, ascending. */
    Involved lock(Session session, PerformedStep step) {
        step.patientId().ifPresent(patient -> session.patients().lock(List.of(patient)));
        SortedSet<AccessionNumber> numbers = new TreeSet<>();
        for (PerformedItem item : step.items()) {
            if (item.keys().accession() != null) {
                numbers.add(item.keys().accession());
            }
            if (item.keys().study() != null) {
                numbers.addAll(
                        session.performedSteps().accessionsOfStudy(item.keys().study()));
            }
        }
        return lock(session, numbers);
    }

    Involved lock(Session session, SortedSet<AccessionNumber> numbers) {
        SortedMap<AccessionNumber, Accession> locked = new TreeMap<>();
        for (AccessionNumber number : numbers) {
            session.accessions().lock(number).ifPresent(accession -> locked.put(number, accession));
        }
        return new Involved(locked, new TreeMap<>());
    }

    /** The step with each item linked, or not and then an exception raised. */
    PerformedStep link(Session session, PerformedStep step, Involved involved) {
        List<ScheduledStep> candidates = new ArrayList<>();
        involved.before()
                .keySet()
                .forEach(number -> candidates.addAll(session.scheduledSteps().ofAccession(number)));
        List<PerformedItem> items = new ArrayList<>();
        for (PerformedItem item : step.items()) {
            Optional<ScheduledStep> hit = MatchingLadder.find(item.keys(), candidates);
            Optional<Accession> accession = hit.flatMap(found -> involved.find(found.accession()))
                    .or(() -> meant(session, item.keys(), involved));
            items.add(
                    accession.isPresent()
                            ? linkTo(session, step, item, new Target(accession.get(), hit))
                            : linkToNew(session, step, item, involved));
        }
        return step.withItems(items);
    }

    /** The item linked again, now that there is an order for it. */
    PerformedItem relink(Session session, PerformedStep step, PerformedItem item, Accession accession) {
        List<ScheduledStep> steps = session.scheduledSteps().ofAccession(accession.number());
        if (!agrees(session, step, accession)) {
            if (item.link() != Link.MISMATCH) {
                raiseMismatch(session, step, accession);
            }
            return item.unlinked(Link.MISMATCH);
        }
        Optional<ScheduledStep> hit = MatchingLadder.find(item.keys(), steps);
        if (hit.isEmpty() && item.link() == Link.LINKED) {
            return item;
        }
        notices.timeline(
                session,
                accession.number(),
                "mpps.linked",
                "Performed step %s by %s, received before, belongs to %s"
                        .formatted(step.sopInstance(), step.performedBy(), nameOf(hit)));
        flagAfterCancel(session, step, new Target(accession, hit));
        return item.linked(accession.number(), hit.map(ScheduledStep::stepId).orElse(null));
    }

    /** Gives the scheduled steps the status that follows from what was performed on them. */
    void updateScheduled(Session session, Accession accession, Collection<String> stepIds) {
        List<PerformedLink> links = session.performedSteps().linksOf(accession.number());
        for (ScheduledStep scheduled : session.scheduledSteps().ofAccession(accession.number())) {
            if (stepIds.contains(scheduled.stepId())) {
                List<PerformedStatus> performed = links.stream()
                        .filter(link -> scheduled.stepId().equals(link.scheduledStepId()))
                        .map(PerformedLink::status)
                        .toList();
                StepStatus status = PerformedStatus.stepStatusOf(performed).orElseGet(() -> untouched(accession));
                if (status != scheduled.status()) {
                    session.scheduledSteps().save(scheduled.withStatus(status));
                }
            }
        }
    }

    /** The scheduled steps of an accession to which items are linked. */
    static List<String> stepIdsOf(Collection<PerformedItem> items, AccessionNumber accession) {
        return items.stream()
                .filter(item -> accession.equals(item.accession()))
                .map(PerformedItem::scheduledStepId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private record Target(Accession accession, Optional<ScheduledStep> step) {}

    private PerformedItem linkTo(Session session, PerformedStep step, PerformedItem item, Target target) {
        if (!agrees(session, step, target.accession())) {
            raiseMismatch(session, step, target.accession());
            return item.unlinked(Link.MISMATCH);
        }
        AccessionNumber number = target.accession().number();
        if (target.step().isEmpty()) {
            raiseUnmatched(
                    session, step, Optional.of(number), "it counts for accession %s as unscheduled".formatted(number));
        }
        flagAfterCancel(session, step, target);
        return item.linked(number, target.step().map(ScheduledStep::stepId).orElse(null));
    }

    /** What is done on an order that was cancelled meanwhile, told once for each performed step. */
    void flagAfterCancel(Session session, PerformedStep step, Accession accession) {
        flagAfterCancel(session, step, new Target(accession, Optional.empty()));
    }

    private void flagAfterCancel(Session session, PerformedStep step, Target target) {
        Accession accession = target.accession();
        Optional<String> over = Optional.ofNullable(accession.orderStatus())
                .filter(OrderStatus::isWithdrawn)
                .map(status -> "whose order is " + status.name().toLowerCase(Locale.ROOT))
                .or(() -> target.step()
                        .filter(scheduled -> scheduled.status() == StepStatus.CANCELLED)
                        .map(scheduled -> "whose step " + scheduled.stepId() + " is cancelled"));
        if (over.isEmpty() || isFlagged(session, step, accession)) {
            return;
        }
        String what = over.get();
        problems.raise(
                session,
                ExceptionType.PERFORMED_AFTER_CANCEL,
                Optional.of(accession.number()),
                new Problems.Report(
                        step.performedBy(),
                        "Performed step %s counts for accession %s, %s and stays so; the RIS is told what was done. Find out why it was done, and send an order for it if it is to be kept."
                                .formatted(step.sopInstance(), accession.number(), what),
                        step.dataSet()));
        notices.timeline(
                session,
                accession.number(),
                AFTER_CANCEL,
                "%s performed step %s (%s) for an accession %s"
                        .formatted(step.performedBy(), step.stepId(), step.sopInstance(), what));
    }

    private static boolean isFlagged(Session session, PerformedStep step, Accession accession) {
        String instance = "(" + step.sopInstance() + ")";
        return session.timeline().of(accession.number()).stream()
                .anyMatch(entry ->
                        entry.kind().equals(AFTER_CANCEL) && entry.summary().contains(instance));
    }

    private PerformedItem linkToNew(Session session, PerformedStep step, PerformedItem item, Involved involved) {
        AccessionNumber number = item.keys().accession();
        Optional<PatientId> patient = step.patientId();
        if (number == null || patient.isEmpty()) {
            raiseUnmatched(
                    session,
                    step,
                    Optional.empty(),
                    "it names no accession%s".formatted(number == null ? "" : " of a patient with an ID"));
            return item;
        }
        Accession created = new Accession(
                number,
                reported(session, step, patient.get()),
                item.keys().study(),
                null,
                null,
                null,
                null,
                ProcedureState.SCHEDULED,
                CustodyState.NONE);
        session.accessions().save(created);
        involved.created().put(number, created);
        raiseUnmatched(session, step, Optional.of(number), "accession %s is known from it alone".formatted(number));
        return item.linked(number, null);
    }

    /** The patient as the modality reported it, under the number that it has now. */
    private static Patient reported(Session session, PerformedStep step, PatientId id) {
        Optional<PatientRecord> record = session.patients().find(id);
        if (record.isEmpty()) {
            // a merge of this number that runs meanwhile must find it
            session.patients().add(PatientRecord.unknown(id));
        }
        Patient reported = new Patient(
                id,
                step.dataSet().text(Tags.PatientName),
                step.dataSet().text(Tags.PatientBirthDate),
                step.dataSet().text(Tags.PatientSex));
        return record.filter(known -> !known.id().agreesWith(id))
                .map(survivor -> PatientEntries.shownBy(survivor, reported))
                .orElse(reported);
    }

    /** The accession that the keys name, else the only one of their study. */
    private static Optional<Accession> meant(Session session, StepKeys keys, Involved involved) {
        if (keys.accession() != null) {
            return involved.find(keys.accession());
        }
        Uid study = keys.study();
        if (study == null) {
            return Optional.empty();
        }
        SortedSet<AccessionNumber> ofStudy = session.performedSteps().accessionsOfStudy(study);
        return ofStudy.size() == 1 ? involved.find(ofStudy.first()) : Optional.empty();
    }

    /** The modality may know the patient by a number that was merged into another one. */
    private static boolean agrees(Session session, PerformedStep step, Accession accession) {
        PatientId expected = accession.patient().id();
        return step.patientId()
                .filter(patient -> patient.agreesWith(expected)
                        || session.patients().resolve(patient).agreesWith(expected))
                .isPresent();
    }

    private static StepStatus untouched(Accession accession) {
        OrderStatus status = accession.orderStatus();
        if (status == OrderStatus.ON_HOLD) {
            return StepStatus.ON_HOLD;
        } else if (status == OrderStatus.COMPLETED) {
            return StepStatus.CLOSED;
        }
        return status == OrderStatus.SCHEDULED ? StepStatus.SCHEDULED : StepStatus.CANCELLED;
    }

    private static String nameOf(Optional<ScheduledStep> step) {
        return step.map(found -> "scheduled step " + found.stepId()).orElse("no scheduled step");
    }

    private void raiseMismatch(Session session, PerformedStep step, Accession accession) {
        problems.raise(
                session,
                ExceptionType.PATIENT_MISMATCH,
                Optional.of(accession.number()),
                new Problems.Report(
                        step.performedBy(),
                        "PatientID of performed step %s is %s the one of accession %s; nothing was changed. Find out who was examined and correct the modality or the order."
                                .formatted(
                                        step.sopInstance(),
                                        step.patientId().isPresent() ? "not" : "empty, so not",
                                        accession.number()),
                        step.dataSet()));
        notices.timeline(
                session,
                accession.number(),
                "mpps.patient-mismatch",
                "Performed step %s by %s names another patient and counts for nothing"
                        .formatted(step.sopInstance(), step.performedBy()));
    }

    private void raiseUnmatched(
            Session session, PerformedStep step, Optional<AccessionNumber> accession, String consequence) {
        problems.raise(
                session,
                ExceptionType.STEP_UNMATCHED,
                accession,
                new Problems.Report(
                        step.performedBy(),
                        "Performed step %s matches no scheduled step: %s. Send its order, or assign the study by hand."
                                .formatted(step.sopInstance(), consequence),
                        step.dataSet()));
    }
}
