package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.workflow.event.EventType;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.GroupResult;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.port.Accessions.Subject;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies an order message: all of its groups, or none. Thread-safe. */
public final class AcceptOrder {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptOrder.class);
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final Context context;
    private final AccessionProgress progress;
    private final PerformedStepLinks links;
    private final OrderRules rules;
    private final EarlyStopKeeping earlyStops;

    public AcceptOrder(Context context, PerformedStepLinks links, ZoneId zone) {
        this.context = context;
        this.progress = new AccessionProgress(context.notices());
        this.links = links;
        this.rules = new OrderRules(new OrderScheduling(new EntryCompletion(zone)));
        this.earlyStops = new EarlyStopKeeping(context.identifiers());
    }

    /**
     * What order use cases work with.
     *
     * @param remembered how long a message is kept, and so known when it comes again
     */
    public record Context(
            Transactions transactions, Clock clock, Identifiers identifiers, Notices notices, Duration remembered) {

        /** Where messages are remembered seven days. */
        public Context(Transactions transactions, Clock clock, Identifiers identifiers, Notices notices) {
            this(transactions, clock, identifiers, notices, REMEMBERED);
        }

        /** Since when a message may be a repetition of another one. */
        Instant rememberedSince(Reception reception) {
            return reception.receivedAt().minus(remembered);
        }

        /** Raises an exception about a message, in the transaction that applies it. */
        void raise(Session session, ExceptionType type, @Nullable AccessionNumber accession, Told told) {
            notices.exception(
                    session,
                    new ExceptionRecord(
                            identifiers.newId(),
                            clock.instant(),
                            type,
                            accession,
                            told.sender(),
                            told.text(),
                            ExceptionRecord.Evidence.NONE));
        }
    }

    /** Of whose message a person is told, and what. */
    record Told(String sender, String text) {}

    /**
     * An order message that may be answered AA.
     *
     * @param repetition {@link Repetition#SAME_MESSAGE}: nothing was changed
     * @param groups what became of each group, in their order
     */
    public record Accepted(CommitReceipt receipt, Repetition repetition, List<GroupResult> groups) {

        public Accepted {
            groups = List.copyOf(groups);
        }
    }

    /**
     * Applies the message.
     *
     * @throws OrderRefusedException when its content is wrong; nothing is stored then, except that what stops an unknown
     *     order is remembered
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now; nothing is stored then
     */
    public Accepted accept(OrderMessage message) {
        List<OrderGroup> groups = OrderGroupReader.groupsOf(message);
        try {
            return accept(message, groups);
        } catch (DicomDataException e) {
            throw unstorable(e);
        }
    }

    static OrderRefusedException unstorable(DicomDataException fault) {
        return new OrderRefusedException(
                OrderRefusedException.DATA_TYPE_ERROR,
                null,
                "A value cannot stand in a worklist entry: %s Correct it at the source.".formatted(fault.getMessage()));
    }

    private Accepted accept(OrderMessage message, List<OrderGroup> groups) {
        try {
            return accept(message, groups, false);
        } catch (UnknownOrderStoppedException e) {
            // committed before the message is judged again: an order that comes meanwhile is then seen, or sees it
            context.transactions()
                    .run(session -> earlyStops.remember(
                            session, groups, message.reception().receivedAt()));
            return accept(message, groups, true);
        }
    }

    private Accepted accept(OrderMessage message, List<OrderGroup> groups, boolean remembered) {
        Transactions.Committed<Answer> committed =
                context.transactions().write(session -> apply(session, message, groups, remembered));
        Answer answer = committed.value();
        report(message.reception().key(), answer.repetition());
        return new Accepted(committed.receipt(), answer.repetition(), answer.groups());
    }

    private record Answer(Repetition repetition, List<GroupResult> groups) {}

    private Answer apply(Session session, OrderMessage message, List<OrderGroup> received, boolean remembered) {
        Reception reception = message.reception();
        OrderPatients patients = OrderPatients.lock(session, received);
        List<OrderGroup> known = patients.groups();
        Instant since = context.rememberedSince(reception);
        known.stream()
                .filter(group -> group.action() == OrderAction.NEW)
                .forEach(group -> session.expectNew(group.keys(reception.key(), since)));
        List<OrderGroup> groups = known.stream()
                .map(group -> MeantAccession.resolved(session, group))
                .toList();
        AccessionDrafts drafts = AccessionDrafts.lock(session, groups);
        // judged under the locks: the same message on another connection has committed by now, or comes after us
        Repetition repetition = session.receivedMessages().judge(reception.key(), since);
        if (repetition == Repetition.SAME_MESSAGE) {
            return new Answer(repetition, GroupResults.ofKnown(drafts, groups));
        }
        patients.remember()
                .forEach(patient -> raiseInDoubt(session, reception.key().sender()));
        OrderRules.Work work = new OrderRules.Work(session, drafts, reception.receivedAt(), remembered);
        List<OrderRules.Effect> effects = new ArrayList<>();
        groups.forEach(group -> effects.add(rules.apply(work, group)));
        noteWarnings(drafts, message, effects);
        drafts.all().forEach(draft -> save(session, draft, reception.key().sender()));
        drafts.forgetMet();
        if (remembered) {
            EarlyStopKeeping.forget(session, drafts, groups);
        }
        session.receivedMessages().add(reception.accepted());
        return new Answer(repetition, GroupResults.of(drafts, groups, effects));
    }

    /** Each group's with its accession; an outdated one changed nothing. */
    private static void noteWarnings(AccessionDrafts drafts, OrderMessage message, List<OrderRules.Effect> effects) {
        for (int i = 0; i < effects.size(); i++) {
            OrderRules.Effect effect = effects.get(i);
            List<String> warnings = message.steps().get(i).warnings();
            AccessionNumber number = effect.accession();
            if (number != null && !warnings.isEmpty() && effect.verdict() != GroupResult.Verdict.STALE) {
                drafts.get(number).note(AccessionDraft.Note.ofWarnings("order.warning", warnings));
            }
        }
    }

    private void save(Session session, AccessionDraft draft, String sender) {
        if (draft.isAdopted() && draft.parent() != null) {
            session.accessions().adopt(draft.number(), draft.parent());
        }
        draft.heard().ifPresent(word -> session.accessions().heard(draft.number(), Subject.ORDER, word));
        if (draft.isSentChanged()) {
            session.accessions().keep(draft.number(), draft.sent());
        }
        if (draft.isChanged()) {
            session.accessions().save(draft.current().orElseThrow());
            draft.changedSteps().forEach(step -> session.scheduledSteps().save(step));
        }
        draft.notes().forEach(note -> context.notices().timeline(session, draft.number(), note.kind(), note.summary()));
        draft.withoutEffect()
                .forEach(text ->
                        context.raise(session, ExceptionType.NO_EFFECT, draft.number(), new Told(sender, text)));
        if (draft.isChanged()) {
            announce(session, draft, sender);
        }
    }

    private void announce(Session session, AccessionDraft draft, String sender) {
        EventType event = draft.event();
        // an order that comes cancelled finds what was performed before it all the same
        if (event != EventType.ORDER_CANCELLED || !draft.wasOrderedBefore()) {
            links.relink(session, draft.number());
        }
        progress.refresh(session, draft.before(), draft.current().orElseThrow(), event);
        draft.stepsWithoutStation().forEach(stepId -> raiseNoStation(session, draft, stepId, sender));
    }

    private void raiseNoStation(Session session, AccessionDraft draft, String stepId, String sender) {
        context.raise(
                session,
                ExceptionType.NO_STATION,
                draft.number(),
                new Told(
                        sender,
                        "Step %s of accession %s has no station: the order names none and no table has one for it; only queries that name no station find it. Assign one (bin/collimator assign), add a row to a table, or send the station."
                                .formatted(stepId, draft.number())));
    }

    private void raiseInDoubt(Session session, String sender) {
        context.raise(session, ExceptionType.PATIENT_AUTHORITY, null, new Told(sender, PatientAuthorities.IN_DOUBT));
    }

    private static void report(ReceivedMessage.Key key, Repetition repetition) {
        if (repetition == Repetition.SAME_CONTROL_ID) {
            LOG.warn(
                    "Sender {} used control ID {} again for another message; both were applied",
                    key.sender(),
                    key.controlId());
        } else if (repetition == Repetition.SAME_CONTENT) {
            LOG.info("Sender {} repeated an earlier message under control ID {}", key.sender(), key.controlId());
        }
    }
}
