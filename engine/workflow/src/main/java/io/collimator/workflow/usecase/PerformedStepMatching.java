package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
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
import io.collimator.workflow.performed.MatchingLadder.Match;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
            numbers.addAll(named(session, item.keys()));
            if (item.keys().study() != null) {
                numbers.addAll(
                        session.performedSteps().accessionsOfStudy(item.keys().study()));
            }
        }
        return lock(session, numbers);
    }

    /** Every accession that has the number of the keys; without an issuer it may be of several systems. */
    private static List<AccessionNumber> named(Session session, StepKeys keys) {
        AccessionNumber number = keys.accession();
        if (number == null) {
            return List.of();
        }
        List<AccessionNumber> named = session.accessions().ofNumber(number.value()).stream()
                .map(Accession::number)
                .filter(number::mayBe)
                .toList();
        return named.contains(number) && number.issuer() != null ? List.of(number) : named;
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
            List<AccessionNumber> named = named(session, item.keys());
            StepKeys keys =
                    named.isEmpty() ? item.keys() : item.keys().withAccession(named.size() == 1 ? named.get(0) : null);
            Optional<Match> hit = MatchingLadder.find(keys, candidates);
            Optional<Accession> accession = hit.flatMap(
                            found -> involved.find(found.step().accession()))
                    .or(() -> meant(session, keys, involved));
            if (accession.isPresent()) {
                items.add(linkTo(session, step, item, new Target(accession.get(), hit)));
            } else if (named.size() > 1) {
                raiseUnmatched(
                        session,
                        step,
                        Optional.empty(),
                        "accession number %s was given by %d systems, and it says neither which nor a study that is known"
                                .formatted(item.keys().accession(), named.size()));
                items.add(item);
            } else {
                items.add(linkToNew(session, step, item, involved));
            }
        }
        return step.withItems(items);
    }

    /** The item linked again, now that there is an order for it. */
    PerformedItem relink(Session session, PerformedStep step, PerformedItem item, Accession accession) {
        List<ScheduledStep> steps = session.scheduledSteps().ofAccession(accession.number());
        AccessionNumber named = item.keys().accession();
        Optional<Match> hit = MatchingLadder.find(
                named != null && named.mayBe(accession.number())
                        ? item.keys().withAccession(accession.number())
                        : item.keys(),
                steps);
        Agreement agreement = agreementOf(session, step, new Target(accession, hit));
        if (agreement == Agreement.NONE) {
            if (item.link() != Link.MISMATCH) {
                raiseMismatch(session, step, accession);
            }
            return item.unlinked(Link.MISMATCH);
        }
        if (hit.isEmpty() && item.link() == Link.LINKED) {
            return item;
        }
        if (agreement == Agreement.IN_DOUBT) {
            raiseInDoubt(session, step, accession);
        }
        notices.timeline(
                session,
                accession.number(),
                "mpps.linked",
                "Performed step %s by %s, received before, belongs to %s"
                        .formatted(step.sopInstance(), step.performedBy(), nameOf(hit)));
        flagAfterCancel(session, step, new Target(accession, hit));
        return item.linked(accession.number(), stepIdOf(hit));
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

    private record Target(Accession accession, Optional<Match> match) {

        boolean isByStepAndStudy() {
            return match.filter(Match::isByStepAndStudy).isPresent();
        }
    }

    private PerformedItem linkTo(Session session, PerformedStep step, PerformedItem item, Target target) {
        Agreement agreement = agreementOf(session, step, target);
        if (agreement == Agreement.NONE) {
            raiseMismatch(session, step, target.accession());
            return item.unlinked(Link.MISMATCH);
        }
        if (agreement == Agreement.IN_DOUBT) {
            raiseInDoubt(session, step, target.accession());
        }
        AccessionNumber number = target.accession().number();
        if (target.match().isEmpty()) {
            raiseUnmatched(
                    session, step, Optional.of(number), "it counts for accession %s as unscheduled".formatted(number));
        }
        flagAfterCancel(session, step, target);
        return item.linked(number, stepIdOf(target.match()));
    }

    private static @Nullable String stepIdOf(Optional<Match> match) {
        return match.map(found -> found.step().stepId()).orElse(null);
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
                .or(() -> target.match()
                        .map(Match::step)
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
        Optional<PatientRecord> record = session.patients().find(id).or(() -> onlyKnown(session, id));
        if (record.isEmpty() && session.patients().ofId(id.id()).isEmpty()) {
            // a merge of this number that runs meanwhile must find it
            session.patients().add(PatientRecord.unknown(id));
        }
        Patient reported = new Patient(
                id,
                step.dataSet().text(Tags.PatientName),
                step.dataSet().text(Tags.PatientBirthDate),
                step.dataSet().text(Tags.PatientSex));
        return record.filter(known -> !known.id().equals(id))
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

    /** Whether what was performed was performed on the accession's patient. */
    private enum Agreement {
        /** The same number, or the same ID and nothing that speaks against it. */
        FULL,
        /** Credited, and told to a person: the issuers cannot be compared. */
        IN_DOUBT,
        NONE
    }

    /**
     * The modality may know the patient by a number that was merged into another one. Seldom does it say who gave the ID:
     * then step ID and Study UID together vouch for an equal ID, and nothing else does where several patients have it.
     */
    private static Agreement agreementOf(Session session, PerformedStep step, Target target) {
        Optional<PatientId> stated = step.patientId();
        PatientId expected = target.accession().patient().id();
        if (stated.isEmpty()) {
            return Agreement.NONE;
        }
        PatientId patient = stated.get();
        if (patient.equals(expected)
                || session.patients().resolve(patient).equals(expected)
                || isAsShown(step, patient, target)) {
            return Agreement.FULL;
        }
        boolean statesNone = patient.issuer() == null;
        if (target.isByStepAndStudy() && patient.isInDoubtWith(expected)) {
            return statesNone ? Agreement.FULL : Agreement.IN_DOUBT;
        }
        return statesNone
                        && PatientAuthorities.patientsWith(session, patient.id())
                                .equals(Set.of(expected))
                ? Agreement.FULL
                : Agreement.NONE;
    }

    /** Whether issuer and ID are written as the worklist entry shows them: the modality read them from there. */
    private static boolean isAsShown(PerformedStep step, PatientId patient, Target target) {
        DataSet shown = target.match().map(match -> match.step().dataSet()).orElse(DataSet.empty());
        return PatientId.in(shown)
                        .filter(target.accession().patient().id()::equals)
                        .filter(entry -> entry.id().equals(patient.id()))
                        .isPresent()
                && !step.dataSet().text(Tags.IssuerOfPatientID).isBlank()
                && step.dataSet().text(Tags.IssuerOfPatientID).equals(shown.text(Tags.IssuerOfPatientID))
                && step.dataSet()
                        .item(Tags.IssuerOfPatientIDQualifiersSequence)
                        .text(Tags.UniversalEntityID)
                        .isBlank();
    }

    /** The record of the only patient with this ID; empty when the modality says who gave it. */
    private static Optional<PatientRecord> onlyKnown(Session session, PatientId stated) {
        Set<PatientId> known = PatientAuthorities.patientsWith(session, stated.id());
        return stated.issuer() == null && known.size() == 1
                ? session.patients().find(known.iterator().next())
                : Optional.empty();
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

    private static String nameOf(Optional<Match> match) {
        return match.map(found -> "scheduled step " + found.step().stepId()).orElse("no scheduled step");
    }

    private void raiseInDoubt(Session session, PerformedStep step, Accession accession) {
        problems.raise(
                session,
                ExceptionType.PATIENT_AUTHORITY,
                Optional.of(accession.number()),
                new Problems.Report(
                        step.performedBy(),
                        "Performed step %s has the patient ID of accession %s, and an issuer that cannot be compared with the accession's; it was credited, because step ID and Study Instance UID are the accession's. If both issuers are one authority, add them to mapping/tables/authorities.csv."
                                .formatted(step.sopInstance(), accession.number()),
                        step.dataSet()));
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
