package io.collimator.workflow.usecase;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.DeliveryOutcome;
import io.collimator.workflow.outbox.HeldLine;
import io.collimator.workflow.outbox.HeldMessage;
import io.collimator.workflow.outbox.QueueLine;
import io.collimator.workflow.outbox.SentNotice;
import io.collimator.workflow.outbox.TakenMessage;
import io.collimator.workflow.port.HeldMessages;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records what receivers accept, so that none gets a notice twice, nor an order status after a newer one of the accession,
 * and keeps aside what one did not take, with what comes behind it, so that other accessions go on. Results are documents, each
 * in its own right: whether one is outdated was judged when it came in.
 */
public final class RecordDelivery {

    private final Transactions transactions;
    private final Notices notices;
    private final Clock clock;

    public RecordDelivery(Transactions transactions, Notices notices, Clock clock) {
        this.transactions = transactions;
        this.notices = notices;
        this.clock = clock;
    }

    /** Whether a notice is to be sent to its receiver. */
    public enum Verdict {
        SEND,
        /** The receiver has it. */
        ACCEPTED_BEFORE,
        /** The receiver has a newer status of the accession; the timeline says so. */
        OUTDATED,
        /** One of its line waits aside; it waits behind it now. */
        HELD,
        /** It waits aside already, or does so no more, and this is an earlier copy of it. */
        REPEATED
    }

    /** To be asked before it is sent. */
    public Verdict judge(TakenMessage message) {
        UUID id = message.outboxId();
        QueueLine line = message.line();
        Seen seen = transactions.read(session -> new Seen(
                id == null ? null : session.deliveries().find(id, line.queue()).orElse(null),
                message.attempt() > 0 || session.heldMessages().find(line).isPresent()));
        SentNotice notice = seen.notice();
        if (notice != null) {
            DeliveryOutcome outcome = notice.outcome();
            if (outcome == DeliveryOutcome.ACCEPTED || outcome == DeliveryOutcome.OUTDATED) {
                return Verdict.ACCEPTED_BEFORE;
            }
            AccessionNumber accession = notice.accession();
            if (notice.isOvertaken() && notice.eventType().startsWith(Notices.STATUS_EVENT) && accession != null) {
                outdated(message, notice, accession);
                return Verdict.OUTDATED;
            }
        }
        return seen.isHeld()
                ? transactions.write(session -> inLine(session, message)).value()
                : Verdict.SEND;
    }

    private record Seen(@Nullable SentNotice notice, boolean isHeld) {}

    private void outdated(TakenMessage message, SentNotice notice, AccessionNumber accession) {
        transactions.run(session -> {
            session.deliveries().settle(notice.id(), message.line().queue(), DeliveryOutcome.OUTDATED, clock.instant());
            notices.timeline(
                    session,
                    accession,
                    "notice.outdated",
                    "Notice %s (%s) was not sent: the receiver had accepted a newer one"
                            .formatted(notice.id(), notice.eventType()));
            leave(session, message);
        });
    }

    private static Verdict inLine(Session session, TakenMessage message) {
        HeldMessages held = session.heldMessages();
        Optional<HeldLine> line = held.lock(message.line());
        HeldMessage content = message.content();
        if (message.attempt() > 0) {
            return line.filter(found -> isTurnOf(found, message)).isPresent()
                            && held.first(message.line())
                                    .filter(first -> first.key().equals(content.key()))
                                    .isPresent()
                    ? Verdict.SEND
                    : Verdict.REPEATED;
        }
        if (line.isEmpty()) {
            return Verdict.SEND;
        }
        if (held.contains(message.line().queue(), content.key())) {
            return Verdict.REPEATED;
        }
        held.append(message.line(), content);
        return Verdict.HELD;
    }

    private static boolean isTurnOf(HeldLine line, TakenMessage message) {
        return !line.isParked() && line.attempts() == message.attempt() - 1;
    }

    /** To be told as soon as the receiver has accepted it, before it is taken off the queue. */
    public void accepted(TakenMessage message) {
        settle(message, DeliveryOutcome.ACCEPTED);
    }

    /** To be told when it goes to the dead letters, so that a refill of a lost broker leaves it out. */
    public void givenUp(TakenMessage message) {
        settle(message, DeliveryOutcome.DEAD_LETTER);
    }

    private void settle(TakenMessage message, DeliveryOutcome outcome) {
        UUID id = message.outboxId();
        if (id == null && message.attempt() == 0) {
            return;
        }
        transactions.run(session -> {
            if (id != null) {
                session.deliveries().settle(id, message.line().queue(), outcome, clock.instant());
            }
            leave(session, message);
        });
    }

    /** It waits aside no more. */
    private void leave(Session session, TakenMessage message) {
        if (message.attempt() > 0) {
            HeldLines.removeFirst(session, message.line(), message.content().key(), clock.instant());
        }
    }

    /**
     * Keeps aside what a receiver did not take.
     *
     * @param pause until it is sent again, by how often it was
     * @param reason for people, without patient data
     * @return the line as it waits now
     */
    public HeldLine hold(TakenMessage message, Pause pause, String reason) {
        return transactions
                .write(session -> hold(session, message, pause, reason))
                .value();
    }

    /** How long to wait before the next attempt. */
    @FunctionalInterface
    public interface Pause {

        /** @param attempts so far, from 1 */
        Duration after(int attempts);
    }

    private HeldLine hold(Session session, TakenMessage message, Pause pause, String reason) {
        HeldMessages held = session.heldMessages();
        Instant now = clock.instant();
        Optional<HeldLine> before = held.lock(message.line());
        if (before.isEmpty()) {
            HeldLine begun = HeldLine.begun(message.line(), message.accession(), now, pause.after(1), reason);
            held.begin(begun);
            held.append(message.line(), message.content());
            return begun;
        }
        HeldLine line = before.get();
        if (message.attempt() == 0) {
            if (!held.contains(message.line().queue(), message.content().key())) {
                held.append(message.line(), message.content());
            }
            return line;
        }
        if (!isTurnOf(line, message)) {
            return line;
        }
        HeldLine failed = line.failed(now, pause.after(line.attempts() + 1), reason);
        held.update(failed);
        return failed;
    }
}
