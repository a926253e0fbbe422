package io.collimator.workflow.usecase;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.performed.PerformedItem.Link;
import io.collimator.workflow.performed.PerformedStatus;
import io.collimator.workflow.performed.PerformedStep;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.port.Transactions.Committed;
import io.collimator.workflow.usecase.PerformedStepMatching.Involved;
import io.collimator.workflow.usecase.RequestRefusedException.Refusal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records what a modality performs (PS3.4 §F.7): N-CREATE begins a step, N-SET changes and ends it. What can be accepted is
 * accepted; only a wrong status, a duplicate, an unknown instance and a final state are refused, and their content is kept. So is
 * what another peer says of a step: it changes nothing and is answered 0000H, so that nobody sends it for ever.
 */
public final class RecordPerformedStep {

    private static final int INVALID_ATTRIBUTE_VALUE = 0x0106;
    private static final int PROCESSING_FAILURE = 0x0110;
    private static final int DUPLICATE_INSTANCE = 0x0111;
    private static final int NO_SUCH_INSTANCE = 0x0112;
    private static final int MAY_NO_LONGER_BE_UPDATED = 0xA710;

    private final Transactions transactions;
    private final Clock clock;
    private final Identifiers identifiers;
    private final BiPredicate<AeTitle, AeTitle> isSamePeer;
    private final Collaborators with;

    /** @param isSamePeer whether two calling AE titles are one peer's */
    public RecordPerformedStep(
            Transactions transactions,
            Clock clock,
            Identifiers identifiers,
            BiPredicate<AeTitle, AeTitle> isSamePeer,
            Collaborators collaborators) {
        this.transactions = transactions;
        this.clock = clock;
        this.identifiers = identifiers;
        this.isSamePeer = isSamePeer;
        this.with = collaborators;
    }

    /** The parts of the house that this use case stands on. */
    public record Collaborators(
            PerformedStepMatching matching,
            CommitmentLinks commitments,
            AccessionProgress progress,
            Problems problems,
            Notices notices) {}

    /**
     * A request of a modality.
     *
     * @param from calling AE title
     * @param sopInstance null only in an N-CREATE that leaves the UID to us
     * @param attributes the data set
     */
    public record Request(AeTitle from, @Nullable Uid sopInstance, DataSet attributes) {}

    /** A request that was carried out: answer 0000H with the UID. */
    public record Recorded(Uid sopInstance, CommitReceipt receipt) {}

    /**
     * N-CREATE. A repetition by another peer changes nothing.
     *
     * @throws RequestRefusedException 0106H when the status is not IN PROGRESS, 0111H when the instance exists and
     *     this is no repetition of the request that began it
     * @throws io.collimator.workflow.port.StorageException when it cannot be stored now
     */
    public Recorded create(Request request) {
        return carryOut(session -> create(session, request));
    }

    /**
     * N-SET. One by another peer than the one that began the step changes nothing.
     *
     * @throws RequestRefusedException 0112H when the instance is unknown, 0110H with Error ID A710H when it is in a final
     *     state, 0106H when the status is none
     * @throws io.collimator.workflow.port.StorageException when it cannot be stored now
     */
    public Recorded set(Request request) {
        return carryOut(session -> set(session, request));
    }

    private Recorded carryOut(Function<Session, Outcome<Uid>> work) {
        Committed<Outcome<Uid>> committed = transactions.write(work);
        return new Recorded(committed.value().orElseThrow(), committed.receipt());
    }

    private Outcome<Uid> create(Session session, Request request) {
        if (statusOf(request.attributes())
                .filter(PerformedStatus.IN_PROGRESS::equals)
                .isEmpty()) {
            return refuse(
                    session,
                    request,
                    Refusal.of(
                            INVALID_ATTRIBUTE_VALUE,
                            "PerformedProcedureStepStatus must be IN PROGRESS",
                            Tags.PerformedProcedureStepStatus));
        }
        return request.sopInstance() == null
                ? createUnderOurUid(session, request)
                : createUnder(session, request, request.sopInstance());
    }

    /** The same request while its step is in progress: the modality does not know what became of the first. */
    private Outcome<Uid> createUnder(Session session, Request request, Uid given) {
        DataSet content = Dictionary.dataSet(request.attributes())
                .put(Tags.SOPInstanceUID, given)
                .build();
        Optional<PerformedStep> known = session.performedSteps().find(given);
        if (known.isEmpty()) {
            String repeatKey = repeatKey(request.from(), content);
            begin(
                    session,
                    PerformedStep.begun(given, request.from(), request.attributes(), repeatKey, clock.instant()));
            return Outcome.done(given);
        }
        PerformedStep step = known.get();
        if (!repeatKey(step.performedBy(), content).equals(step.repeatKey())) {
            return refuse(session, request, Refusal.of(DUPLICATE_INSTANCE, "This instance exists already"));
        }
        return isSamePeer.test(request.from(), step.performedBy())
                ? Outcome.done(given)
                : keepOfAnother(session, request, "N-CREATE", step);
    }

    private String repeatKey(AeTitle from, DataSet content) {
        return from + " " + with.problems().digest(content);
    }

    /** The same request while its step is in progress: our answer was lost, so it gets the same UID. */
    private Outcome<Uid> createUnderOurUid(Session session, Request request) {
        String repeatKey = repeatKey(request.from(), request.attributes());
        Optional<PerformedStep> repeated = session.performedSteps().findRepeated(repeatKey);
        if (repeated.isPresent()) {
            return Outcome.done(repeated.get().sopInstance());
        }
        Uid made = identifiers.newUid();
        begin(session, PerformedStep.begun(made, request.from(), request.attributes(), repeatKey, clock.instant()));
        return Outcome.done(made);
    }

    private void begin(Session session, PerformedStep unlinked) {
        Involved involved = with.matching().lock(session, unlinked);
        PerformedStep step = with.matching().link(session, unlinked, involved);
        session.performedSteps().save(step);
        session.performedSteps().replaceInstances(step.sopInstance(), step.instances());
        for (AccessionNumber number : step.accessions()) {
            Accession accession = involved.find(number).orElseThrow();
            with.matching().updateScheduled(session, accession, PerformedStepMatching.stepIdsOf(step.items(), number));
            tell(session, number, "mpps.in-progress", "began", step);
            with.commitments().link(session, number);
            with.progress()
                    .refresh(session, Optional.ofNullable(involved.before().get(number)), accession);
        }
    }

    private Outcome<Uid> set(Session session, Request request) {
        Uid sopInstance = request.sopInstance();
        Optional<PerformedStep> known = sopInstance == null
                ? Optional.empty()
                : session.performedSteps().find(sopInstance);
        if (known.isEmpty()) {
            return refuse(
                    session, request, Refusal.of(NO_SUCH_INSTANCE, "No such performed procedure step was created"));
        }
        PerformedStep step = known.get();
        if (!isSamePeer.test(request.from(), step.performedBy())) {
            return keepOfAnother(session, request, "N-SET", step);
        }
        if (step.status().isFinal()) {
            return refuse(
                    session,
                    request,
                    new Refusal(
                            PROCESSING_FAILURE,
                            "Performed Procedure Step Object may no longer be updated",
                            OptionalInt.of(MAY_NO_LONGER_BE_UPDATED),
                            List.of()));
        }
        Optional<PerformedStatus> status = request.attributes().hasValue(Tags.PerformedProcedureStepStatus)
                ? statusOf(request.attributes())
                : Optional.of(step.status());
        if (status.isEmpty()) {
            return refuse(
                    session,
                    request,
                    Refusal.of(
                            INVALID_ATTRIBUTE_VALUE,
                            "Status must be IN PROGRESS, COMPLETED or DISCONTINUED",
                            Tags.PerformedProcedureStepStatus));
        }
        change(session, step, request.attributes(), status.get());
        return Outcome.done(step.sopInstance());
    }

    private void change(Session session, PerformedStep before, DataSet modifications, PerformedStatus status) {
        Involved involved = with.matching().lock(session, before.accessions());
        PerformedStep changed = before.changed(modifications, status);
        PerformedStep step = changed.isWrongWorklistEntry() ? withdrawn(changed) : changed;
        session.performedSteps().save(step);
        if (modifications.contains(Tags.PerformedSeriesSequence)) {
            session.performedSteps().replaceInstances(step.sopInstance(), step.instances());
        }
        for (AccessionNumber number : before.accessions()) {
            Accession accession = involved.find(number).orElseThrow();
            with.matching()
                    .updateScheduled(session, accession, PerformedStepMatching.stepIdsOf(before.items(), number));
            tellChange(session, number, before, step);
            if (!step.isWrongWorklistEntry()) {
                with.matching().flagAfterCancel(session, step, accession);
            }
            with.commitments().link(session, number);
            with.progress().refresh(session, Optional.of(accession), accession);
        }
    }

    private void tellChange(Session session, AccessionNumber number, PerformedStep before, PerformedStep step) {
        int listed = step.instances().size();
        String counted = listed < before.instances().size()
                ? "lists %d instances, %d less than before"
                        .formatted(listed, before.instances().size() - listed)
                : "lists %d instances".formatted(listed);
        switch (step.status()) {
            case IN_PROGRESS -> {
                if (listed != before.instances().size()) {
                    tell(session, number, "mpps.updated", counted + " in", step);
                }
            }
            case COMPLETED -> tell(session, number, "mpps.completed", counted + " and completed", step);
            case DISCONTINUED ->
                tell(
                        session,
                        number,
                        "mpps.discontinued",
                        step.isWrongWorklistEntry()
                                ? "selected the wrong worklist entry (110514 DCM): nothing counts here of"
                                : counted + " and discontinued",
                        step);
        }
    }

    private void tell(Session session, AccessionNumber number, String kind, String what, PerformedStep step) {
        with.notices()
                .timeline(
                        session,
                        number,
                        kind,
                        "%s %s performed step %s (%s)"
                                .formatted(step.performedBy(), what, step.stepId(), step.sopInstance()));
    }

    /** Nothing of it counts for the order that was selected by mistake. */
    private static PerformedStep withdrawn(PerformedStep step) {
        return step.withItems(step.items().stream()
                .map(item -> item.link() == Link.LINKED ? item.unlinked(Link.WITHDRAWN) : item)
                .toList());
    }

    private Outcome<Uid> keepOfAnother(Session session, Request request, String service, PerformedStep step) {
        SortedSet<AccessionNumber> accessions = step.accessions();
        with.matching().lock(session, accessions);
        with.problems()
                .raise(
                        session,
                        ExceptionType.PERFORMED_STEP_OF_ANOTHER,
                        accessions.stream().findFirst(),
                        new Problems.Report(
                                request.from(),
                                "%s of %s on performed step %s, which %s began, changes nothing; its content is kept here. Find out who did the exam, and let one AE title report a step from its beginning to its end."
                                        .formatted(service, request.from(), step.sopInstance(), step.performedBy()),
                                request.attributes()));
        for (AccessionNumber number : accessions) {
            with.notices()
                    .timeline(
                            session,
                            number,
                            "mpps.of-another",
                            "%s sent an %s on performed step %s (%s), which %s began; it changes nothing"
                                    .formatted(
                                            request.from(),
                                            service,
                                            step.stepId(),
                                            step.sopInstance(),
                                            step.performedBy()));
        }
        return Outcome.done(step.sopInstance());
    }

    private Outcome<Uid> refuse(Session session, Request request, Refusal refusal) {
        with.problems()
                .raise(
                        session,
                        ExceptionType.MESSAGE_REFUSED,
                        Optional.empty(),
                        new Problems.Report(
                                request.from(),
                                "MPPS request for instance %s was refused with %04XH: %s. Its content is kept here."
                                        .formatted(
                                                request.sopInstance() == null ? "(none)" : request.sopInstance(),
                                                refusal.status(),
                                                refusal.comment()),
                                request.attributes()));
        return Outcome.refused(refusal);
    }

    private static Optional<PerformedStatus> statusOf(DataSet attributes) {
        return PerformedStatus.ofTerm(attributes.text(Tags.PerformedProcedureStepStatus));
    }
}
