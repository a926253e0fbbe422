package io.collimator.workflow.usecase;

import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.event.EventType;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings an accession's two states up to date after a change to its steps or instances, and announces what changed: the
 * one place where states are computed and notices of them are made.
 */
public final class AccessionProgress {

    private final Notices notices;

    public AccessionProgress(Notices notices) {
        this.notices = notices;
    }

    /**
     * Recomputes, saves and announces.
     *
     * @param before the accession as it was before the change, empty when the change created it
     * @param current the accession with every other change applied, its row locked
     * @return the accession as saved
     */
    Accession refresh(Session session, Optional<Accession> before, Accession current) {
        return refresh(session, before, current, null);
    }

    /**
     * Like {@link #refresh(Session, Optional, Accession)} with an event of the order's side, which is announced first and
     * already with the new states.
     */
    Accession refresh(Session session, Optional<Accession> before, Accession current, @Nullable EventType orderEvent) {
        List<ScheduledStep> steps = session.scheduledSteps().ofAccession(current.number());
        List<StepStatus> statuses = new ArrayList<>(statusesOf(steps));
        session.performedSteps().linksOf(current.number()).stream()
                .filter(link -> link.scheduledStepId() == null)
                .forEach(unscheduled -> statuses.add(unscheduled.status().stepStatus()));
        ProcedureState procedure = ProcedureState.of(statuses);
        InstanceCounts counts = session.commitments().counts(current.number());
        CustodyState custody = CustodyState.of(counts, procedure.isEnded());
        Accession after = current.withStates(procedure, custody);
        session.accessions().save(after);
        if (orderEvent != null) {
            notices.event(session, orderEvent, after, counts);
        }
        announceProcedure(session, before, after, counts, steps);
        announceCustody(session, before, after, counts);
        return after;
    }

    /** A step that another one does again says nothing of what is to be done, unless that one is cancelled. */
    private static List<StepStatus> statusesOf(List<ScheduledStep> steps) {
        Set<String> repeated = steps.stream()
                .filter(step -> step.status() != StepStatus.CANCELLED)
                .map(ScheduledStep::repeats)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return steps.stream()
                .filter(step -> !repeated.contains(step.stepId()))
                .map(ScheduledStep::status)
                .toList();
    }

    private void announceProcedure(
            Session session,
            Optional<Accession> before,
            Accession after,
            InstanceCounts counts,
            List<ScheduledStep> steps) {
        boolean changed = before.isEmpty() || before.get().procedureState() != after.procedureState();
        if (changed) {
            announceProcedureEvent(session, after, counts);
        }
        // an order for what a modality reported already: nobody could be told of its state before
        boolean firstOrdered = before.isPresent() && !before.get().isOrdered();
        if (changed || firstOrdered) {
            notices.status(
                    session,
                    new Notice.Status(
                            after,
                            Notice.Procedure.of(
                                    steps.stream().map(ScheduledStep::dataSet).toList()),
                            authorityOf(steps, after),
                            session.accessions().sent(after.number())));
        }
    }

    private void announceProcedureEvent(Session session, Accession after, InstanceCounts counts) {
        switch (after.procedureState()) {
            case IN_PROGRESS -> notices.event(session, EventType.PROCEDURE_STARTED, after, counts);
            case COMPLETED -> notices.event(session, EventType.PROCEDURE_COMPLETED, after, counts);
            case DISCONTINUED -> notices.event(session, EventType.PROCEDURE_DISCONTINUED, after, counts);
            case SCHEDULED, CANCELLED -> {
                // the order's own events say so
            }
        }
    }

    private void announceCustody(Session session, Optional<Accession> before, Accession after, InstanceCounts counts) {
        CustodyState old = before.map(Accession::custodyState).orElse(CustodyState.NONE);
        if (old == after.custodyState()) {
            return;
        }
        switch (after.custodyState()) {
            case OUTSTANDING -> notices.event(session, EventType.CUSTODY_OUTSTANDING, after, counts);
            case COMMITTED -> notices.event(session, EventType.CUSTODY_COMMITTED, after, counts);
            case FAILED -> notices.event(session, EventType.CUSTODY_FAILED, after, counts);
            case NONE -> {
                // nothing is expected any more: there is no custody to speak of
            }
        }
    }

    /** As the entries write it. */
    static @Nullable AssigningAuthority authorityOf(List<ScheduledStep> steps, Accession accession) {
        return steps.stream()
                .map(ScheduledStep::dataSet)
                .filter(entry -> PatientId.in(entry)
                        .filter(accession.patient().id()::equals)
                        .isPresent())
                .findFirst()
                .flatMap(AssigningAuthority::ofPatient)
                .or(accession.patient().id()::authority)
                .orElse(null);
    }
}
