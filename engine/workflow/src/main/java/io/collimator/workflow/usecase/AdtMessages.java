package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.AcceptedAdt.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What ADT messages have in common: judged for repetition under the locks, kept, and answered after the commit. */
final class AdtMessages {

    private static final Logger LOG = LoggerFactory.getLogger(AdtMessages.class);

    /** A sender's clock may be wrong by a time zone. */
    private static final Duration BELIEVED_AHEAD = Duration.ofDays(1);

    private AdtMessages() {}

    /** Locks the patients of a message. */
    @FunctionalInterface
    interface Locks<T> {
        T take(Session session);
    }

    /** Applies a message to the patients that are locked. */
    @FunctionalInterface
    interface Work<T> {
        Effect apply(Session session, T locked);
    }

    private record Judged(Repetition repetition, Effect effect) {}

    /** Applies and keeps the message, unless it is repeated, in one transaction. */
    static <T> AcceptedAdt accept(AcceptOrder.Context context, Reception reception, Locks<T> locks, Work<T> work) {
        Transactions.Committed<Judged> committed =
                refusingBadValues(() -> context.transactions().write(session -> {
                    T locked = locks.take(session);
                    // judged under the locks: the same message on another connection has committed by now, or comes
                    // after us
                    Repetition repetition =
                            session.receivedMessages().judge(reception.key(), context.rememberedSince(reception));
                    if (repetition == Repetition.SAME_MESSAGE) {
                        return new Judged(repetition, Effect.NOTHING_NEW);
                    }
                    Effect effect = work.apply(session, locked);
                    session.receivedMessages().add(reception.accepted());
                    return new Judged(repetition, effect);
                }));
        report(reception, committed.value());
        return new AcceptedAdt(
                committed.receipt(),
                committed.value().repetition(),
                committed.value().effect());
    }

    /** Whether the message is older than the last one of its sender that was applied. */
    static boolean isOutdated(Session session, Reception reception, PatientId patient) {
        @Nullable Instant messageAt = reception.messageTime();
        return messageAt != null
                && session.patients()
                        .lastApplied(patient, reception.key().sender())
                        .filter(messageAt::isBefore)
                        .isPresent();
    }

    /** Remembers the time of a message that was applied. One from the far future must not make all others too old. */
    static void applied(Session session, Reception reception, PatientId patient) {
        Instant messageAt = reception.messageTime();
        if (messageAt != null) {
            Instant latest = reception.receivedAt().plus(BELIEVED_AHEAD);
            session.patients()
                    .applied(patient, reception.key().sender(), messageAt.isAfter(latest) ? latest : messageAt);
        }
    }

    /** What was put right or left out, in the timeline of an accession that the message changed. */
    static void noteWarnings(Notices notices, Session session, Reception reception, AccessionNumber accession) {
        if (!reception.warnings().isEmpty()) {
            AccessionDraft.Note note = AccessionDraft.Note.ofWarnings("patient.warning", reception.warnings());
            notices.timeline(session, accession, note.kind(), note.summary());
        }
    }

    private static <T> T refusingBadValues(Supplier<T> work) {
        try {
            return work.get();
        } catch (DicomDataException e) {
            throw AcceptOrder.unstorable(e);
        }
    }

    private static void report(Reception reception, Judged judged) {
        String sender = reception.key().sender();
        String controlId = reception.key().controlId();
        if (judged.repetition() == Repetition.SAME_CONTROL_ID) {
            LOG.warn("Sender {} used control ID {} again for another message; both were applied", sender, controlId);
        }
        if (judged.effect() != Effect.CHANGED) {
            LOG.info("Message {} of sender {} changed nothing: {}", controlId, sender, judged.effect());
        }
    }
}
