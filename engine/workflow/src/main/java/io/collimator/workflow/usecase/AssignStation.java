package io.collimator.workflow.usecase;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.event.EventType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.worklist.ScheduledStep;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A person gives steps a station. Thread-safe. */
public final class AssignStation {

    private final Transactions transactions;
    private final Notices notices;
    private final AccessionProgress progress;
    private final Predicate<AeTitle> mayQueryWorklist;

    /** @param mayQueryWorklist whether an AE title is registered for the worklist */
    public AssignStation(AcceptOrder.Context context, Predicate<AeTitle> mayQueryWorklist) {
        this.mayQueryWorklist = mayQueryWorklist;
        this.transactions = context.transactions();
        this.notices = context.notices();
        this.progress = new AccessionProgress(context.notices());
    }

    /**
     * What is wanted.
     *
     * @param stepId null: every step that is neither begun nor ended
     * @param stations one or more, in the order in which the entry lists them
     * @param anyway also a station that is not registered for the worklist
     * @param who for the timeline
     */
    public record Assignment(
            AccessionReference accession, @Nullable String stepId, List<AeTitle> stations, boolean anyway, String who) {

        public Assignment {
            stations = List.copyOf(stations);
            if (stations.isEmpty()) {
                throw new IllegalArgumentException("No station is named; name one AE title or more.");
            }
        }
    }

    /** How it ended. */
    public sealed interface Result {}

    /**
     * The steps have these stations now.
     *
     * @param stepIds in the order of the accession
     */
    public record Assigned(CommitReceipt receipt, List<String> stepIds) implements Result {

        public Assigned {
            stepIds = List.copyOf(stepIds);
        }
    }

    /**
     * Several systems gave the number: nothing was changed.
     *
     * @param choices by issuer
     */
    public record Ambiguous(List<AccessionNumber> choices) implements Result {

        public Ambiguous {
            choices = List.copyOf(choices);
        }
    }

    /** There is no such accession or step. */
    public record Unknown() implements Result {}

    /** A modality has begun it, or it is over: nothing was changed. */
    public record TooLate() implements Result {}

    /** No modality with these AE titles can ask for its worklist: nothing was changed. */
    public record NotRegistered(List<AeTitle> stations) implements Result {

        public NotRegistered {
            stations = List.copyOf(stations);
        }
    }

    private enum Refusal {
        UNKNOWN,
        TOO_LATE,
        AMBIGUOUS
    }

    private record Answer(List<String> stepIds, @Nullable Refusal refusal, List<AccessionNumber> choices) {

        static Answer refused(Refusal refusal) {
            return new Answer(List.of(), refusal, List.of());
        }
    }

    /**
     * Carries it out.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now; nothing is stored then
     */
    public Result assign(Assignment assignment) {
        List<AeTitle> strangers =
                assignment.stations().stream().filter(mayQueryWorklist.negate()).toList();
        if (!strangers.isEmpty() && !assignment.anyway()) {
            return new NotRegistered(strangers);
        }
        Transactions.Committed<Answer> committed = transactions.write(session -> assign(session, assignment));
        Answer answer = committed.value();
        if (answer.refusal() == null) {
            return new Assigned(committed.receipt(), answer.stepIds());
        }
        return switch (answer.refusal()) {
            case UNKNOWN -> new Unknown();
            case TOO_LATE -> new TooLate();
            case AMBIGUOUS -> new Ambiguous(answer.choices());
        };
    }

    private Answer assign(Session session, Assignment assignment) {
        List<AccessionNumber> meant = assignment
                .accession()
                .among(session.accessions().ofNumber(assignment.accession().number()));
        if (meant.size() != 1) {
            return new Answer(List.of(), meant.isEmpty() ? Refusal.UNKNOWN : Refusal.AMBIGUOUS, meant);
        }
        Optional<Accession> accession = session.accessions().lock(meant.get(0));
        List<ScheduledStep> named = session.scheduledSteps().ofAccession(meant.get(0)).stream()
                .filter(step ->
                        assignment.stepId() == null || assignment.stepId().equals(step.stepId()))
                .toList();
        if (accession.isEmpty() || named.isEmpty()) {
            return Answer.refused(Refusal.UNKNOWN);
        }
        List<ScheduledStep> open =
                named.stream().filter(step -> step.status().isOpen()).toList();
        if (open.isEmpty()) {
            return Answer.refused(Refusal.TOO_LATE);
        }
        open.forEach(step -> give(session, step, assignment));
        progress.refresh(session, accession, accession.get(), EventType.ORDER_UPDATED);
        return new Answer(open.stream().map(ScheduledStep::stepId).toList(), null, List.of());
    }

    private void give(Session session, ScheduledStep step, Assignment assignment) {
        String[] titles = assignment.stations().stream().map(AeTitle::value).toArray(String[]::new);
        DataSet item = Dictionary.dataSet(step.dataSet().item(Tags.ScheduledProcedureStepSequence))
                .put(Tags.ScheduledStationAETitle, titles)
                .build();
        Set<Tag> standIns = new HashSet<>(step.standIns());
        standIns.remove(Tags.ScheduledStationAETitle);
        session.scheduledSteps()
                .save(step.with(
                        step.status(),
                        step.dataSet()
                                .with(EntryAttributes.sequence(Tags.ScheduledProcedureStepSequence, List.of(item))),
                        standIns,
                        step.orderedAt()));
        notices.timeline(
                session,
                step.accession(),
                "order.station-assigned",
                "Step %s assigned to %s by %s".formatted(step.stepId(), String.join(", ", titles), assignment.who()));
    }
}
