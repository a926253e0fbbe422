package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.event.EventType;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.OrderControl;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies an order message: all of its groups, or none. Thread-safe. */
public final class AcceptOrder {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptOrder.class);
    private static final Duration DUPLICATE_WINDOW = Duration.ofDays(7);

    private final Transactions transactions;
    private final Clock clock;
    private final Identifiers identifiers;
    private final Notices notices;
    private final AccessionProgress progress;
    private final PerformedStepLinks links;
    private final OrderScheduling scheduling;
    private final OrderCancelling cancelling = new OrderCancelling();

    public AcceptOrder(Context context, PerformedStepLinks links, ZoneId zone) {
        this.transactions = context.transactions();
        this.clock = context.clock();
        this.identifiers = context.identifiers();
        this.notices = context.notices();
        this.progress = new AccessionProgress(context.notices());
        this.links = links;
        this.scheduling = new OrderScheduling(new EntryCompletion(zone));
    }

    /** What order use cases work with. */
    public record Context(Transactions transactions, Clock clock, Identifiers identifiers, Notices notices) {}

    /**
     * An order message that may be answered AA.
     *
     * @param repetition {@link Repetition#SAME_MESSAGE}: nothing was changed
     */
    public record Accepted(CommitReceipt receipt, Repetition repetition) {}

    /**
     * Applies the message.
     *
     * @throws OrderRefusedException when its content is wrong; nothing is stored then
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now; nothing is stored then
     */
    public Accepted accept(OrderMessage message) {
        List<OrderGroup> groups = new ArrayList<>();
        for (int i = 0; i < message.steps().size(); i++) {
            groups.add(OrderGroup.of(message.steps().get(i), i + 1, message.form()));
        }
        try {
            Transactions.Committed<Repetition> committed =
                    transactions.write(session -> apply(session, message, groups));
            report(message, committed.value());
            return new Accepted(committed.receipt(), committed.value());
        } catch (DicomDataException e) {
            throw new OrderRefusedException(
                    OrderRefusedException.DATA_TYPE_ERROR,
                    null,
                    "A value cannot stand in a worklist entry: %s Correct it at the source.".formatted(e.getMessage()));
        }
    }

    private Repetition apply(Session session, OrderMessage message, List<OrderGroup> groups) {
        AccessionDrafts drafts = AccessionDrafts.lock(session, groups);
        // judged under the locks: the same message on another connection has committed by now, or comes after us
        Repetition repetition = session.receivedMessages()
                .judge(message.key(), message.receivedAt().minus(DUPLICATE_WINDOW));
        if (repetition == Repetition.SAME_MESSAGE) {
            return repetition;
        }
        for (OrderGroup group : groups) {
            if (group.control() == OrderControl.NW || group.control() == OrderControl.XO) {
                scheduling.apply(session, drafts, group, message.receivedAt());
            } else {
                cancelling.apply(drafts, group);
            }
        }
        drafts.all().stream()
                .filter(AccessionDraft::isChanged)
                .forEach(draft -> save(session, draft, message.key().sender()));
        session.receivedMessages()
                .add(new ReceivedMessage(message.key(), message.receivedAt(), message.content(), "AA"));
        return repetition;
    }

    private void save(Session session, AccessionDraft draft, String sender) {
        Accession accession = draft.current().orElseThrow();
        session.accessions().save(accession);
        draft.changedSteps().forEach(step -> session.scheduledSteps().save(step));
        draft.notes().forEach(note -> notices.timeline(session, draft.number(), note.kind(), note.summary()));
        EventType event = draft.event();
        if (event != EventType.ORDER_CANCELLED) {
            links.relink(session, draft.number());
        }
        progress.refresh(session, draft.before(), accession, event);
        draft.stepsWithoutStation().forEach(stepId -> raiseNoStation(session, draft, stepId, sender));
    }

    private void raiseNoStation(Session session, AccessionDraft draft, String stepId, String sender) {
        notices.exception(
                session,
                new ExceptionRecord(
                        identifiers.newId(),
                        clock.instant(),
                        ExceptionType.NO_STATION,
                        draft.number(),
                        sender,
                        "Step %s of accession %s names no station and the station table has none for its modality; only queries that name no station find it. Add a row to the table or send the station."
                                .formatted(stepId, draft.number()),
                        ExceptionRecord.Evidence.NONE));
    }

    private static void report(OrderMessage message, Repetition repetition) {
        if (repetition == Repetition.SAME_CONTROL_ID) {
            LOG.warn(
                    "Sender {} used control ID {} again for another message; both were applied",
                    message.key().sender(),
                    message.key().controlId());
        } else if (repetition == Repetition.SAME_CONTENT) {
            LOG.info(
                    "Sender {} repeated an earlier message under control ID {}",
                    message.key().sender(),
                    message.key().controlId());
        }
    }
}
