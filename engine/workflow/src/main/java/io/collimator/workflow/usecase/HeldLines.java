package io.collimator.workflow.usecase;

import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.outbox.DeliveryOutcome;
import io.collimator.workflow.outbox.HeldLine;
import io.collimator.workflow.outbox.HeldMessage;
import io.collimator.workflow.outbox.QueueLine;
import io.collimator.workflow.outbox.SentNotice;
import io.collimator.workflow.port.HeldMessages;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What waits aside because a receiver did not take it: what is due, what a person has to see to, and what people do with it. */
public final class HeldLines {

    private static final Logger LOG = LoggerFactory.getLogger(HeldLines.class);

    /** Seen at a time by whoever asks for all. */
    public static final int MAX_LINES = 1_000;

    /** A copy on the queue that nobody took for this long is taken for lost with its broker. */
    private static final Duration LOST_AFTER = Duration.ofMinutes(10);

    private static final String CAUSE = "delivery-parked/";
    private static final int MAX_CAUSE = 200;

    private final Transactions transactions;
    private final Notices notices;
    private final Identifiers identifiers;
    private final Clock clock;

    public HeldLines(AcceptOrder.Context context) {
        this.transactions = context.transactions();
        this.notices = context.notices();
        this.identifiers = context.identifiers();
        this.clock = context.clock();
    }

    /** A line whose first message has its turn. */
    public record Due(HeldLine line, HeldMessage first) {}

    /** A line and how many messages wait in it. */
    public record Counted(HeldLine line, int messages) {}

    /** What has its turn now. */
    public List<Due> due(int max) {
        Instant now = clock.instant();
        return transactions.read(session -> {
            HeldMessages held = session.heldMessages();
            List<Due> due = new ArrayList<>();
            for (HeldLine line : held.due(now, now.minus(LOST_AFTER), max)) {
                held.first(line.line()).ifPresent(first -> due.add(new Due(line, first)));
            }
            return due;
        });
    }

    /** A copy was put on its queue. */
    public void sent(Due due) {
        transactions.run(session -> session.heldMessages()
                .lock(due.line().line())
                .filter(now -> now.attempts() == due.line().attempts() && !now.isParked())
                // it may have been taken already, and the next one has its turn
                .filter(now -> session.heldMessages()
                        .first(now.line())
                        .filter(first -> first.key().equals(due.first().key()))
                        .isPresent())
                .ifPresent(now -> session.heldMessages().update(now.sent(clock.instant()))));
    }

    /** The lines of one queue, the oldest first, at most {@link #MAX_LINES}. */
    public List<Counted> of(String queue) {
        return transactions.read(session -> session.heldMessages().lines(queue, MAX_LINES).stream()
                .map(line -> new Counted(line, session.heldMessages().count(line.line())))
                .toList());
    }

    /** The lines of all queues, the oldest first. */
    public List<HeldLine> all() {
        return transactions.read(session -> session.heldMessages().lines(null, MAX_LINES));
    }

    /** Messages that wait aside, by queue. */
    public Map<String, Long> counts() {
        return transactions.read(session -> session.heldMessages().counts());
    }

    /** Queues that a person has stopped, since when. */
    public Map<String, Instant> paused() {
        return transactions.read(session -> session.heldMessages().paused());
    }

    public void pause(String queue) {
        transactions.run(session -> session.heldMessages().pause(queue, clock.instant()));
    }

    public void resume(String queue) {
        transactions.run(session -> session.heldMessages().resume(queue));
    }

    /**
     * Sends it no more until a person says so, and tells people.
     *
     * @param why for people, one sentence
     * @return the line as it is now; empty when it waits no more, or is parked already
     */
    public Optional<HeldLine> park(QueueLine line, String why) {
        return transactions.write(session -> park(session, line, why)).value();
    }

    private Optional<HeldLine> park(Session session, QueueLine line, String why) {
        HeldMessages held = session.heldMessages();
        Optional<HeldLine> waiting = held.find(line);
        // its accession before its own row: the order in which everybody locks
        waiting.map(HeldLine::accession)
                .ifPresent(accession -> session.accessions().lock(accession));
        Optional<HeldLine> found = held.lock(line).filter(now -> !now.isParked());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        HeldLine parked = found.get().parked(clock.instant());
        held.update(parked);
        ExceptionRecord exception = new ExceptionRecord(
                identifiers.newId(),
                clock.instant(),
                ExceptionType.DELIVERY_PARKED,
                parked.accession(),
                line.queue(),
                "%s %s. %d messages of %s wait aside since %s and are not sent. Repair the cause and run \"collimator out retry %s %s\", or drop the first of them with \"out drop\" and a reason."
                        .formatted(
                                why,
                                parked.reason().strip().replaceAll("\\.$", ""),
                                held.count(line),
                                line.queue(),
                                parked.since(),
                                line.queue(),
                                line.name()),
                held.first(line)
                        .map(first -> new Evidence(
                                "x-application/hl7-v2+er7", first.body().getBytes(StandardCharsets.UTF_8)))
                        .orElse(Evidence.NONE));
        session.exceptions().goesOn(cause(line), exception.id());
        notices.exception(session, exception);
        timeline(session, parked, "delivery.parked", "Messages of %s wait aside: %s".formatted(line.queue(), why));
        return Optional.of(parked);
    }

    /** Sends it again from now on, also when it was parked; empty when nothing of it waits aside. */
    public Optional<HeldLine> retry(QueueLine line) {
        return change(line, (session, found) -> {
            HeldLine retried = found.retried(clock.instant());
            session.heldMessages().update(retried);
            session.exceptions().close(cause(line), clock.instant());
            if (found.isParked()) {
                timeline(session, retried, "delivery.retried", "Messages of %s are sent again".formatted(line.queue()));
            }
            return Optional.of(retried);
        });
    }

    /**
     * Drops the first message of a line for good; the next one has its turn. The timeline says so, and a refill of a lost
     * broker leaves it out.
     *
     * @param reason why, by a person
     * @return the line as it was; empty when nothing of it waits aside
     */
    public Optional<HeldLine> drop(QueueLine line, String reason) {
        return change(line, (session, found) -> {
            Optional<HeldMessage> first = session.heldMessages().first(line);
            first.ifPresent(message -> {
                outboxId(message)
                        .ifPresent(id -> session.deliveries()
                                .settle(id, line.queue(), DeliveryOutcome.DEAD_LETTER, clock.instant()));
                removeFirst(session, line, message.key(), clock.instant());
                timeline(
                        session,
                        found,
                        "delivery.dropped",
                        "Message %s of %s was dropped: %s".formatted(message.key(), line.queue(), reason));
            });
            return first.map(dropped -> found);
        });
    }

    /**
     * Notes that a dead letter is dropped for good.
     *
     * @param id its outbox id
     * @param reason why, by a person
     */
    public void deadLetterDropped(UUID id, String queue, String reason) {
        transactions.run(session -> session.deliveries()
                .find(id, queue)
                .map(SentNotice::accession)
                .ifPresent(accession -> {
                    session.accessions().lock(accession);
                    notices.timeline(
                            session,
                            accession,
                            "delivery.dropped",
                            "Dead letter %s of %s was dropped: %s".formatted(id, queue, reason));
                }));
    }

    private interface Change {
        Optional<HeldLine> of(Session session, HeldLine found);
    }

    private Optional<HeldLine> change(QueueLine line, Change change) {
        Function<Session, Optional<HeldLine>> work = session -> {
            session.heldMessages()
                    .find(line)
                    .map(HeldLine::accession)
                    .ifPresent(accession -> session.accessions().lock(accession));
            return session.heldMessages().lock(line).flatMap(found -> change.of(session, found));
        };
        return transactions.write(work).value();
    }

    private void timeline(Session session, HeldLine line, String kind, String summary) {
        if (line.accession() != null) {
            notices.timeline(session, line.accession(), kind, summary);
        }
    }

    private static Optional<UUID> outboxId(HeldMessage message) {
        try {
            return Optional.of(UUID.fromString(message.key()));
        } catch (IllegalArgumentException e) {
            LOG.debug("Message {} is not from the outbox.", message.key(), e);
            return Optional.empty();
        }
    }

    /** A message has left; the next one of its line has its turn, or the line ends. */
    static void removeFirst(Session session, QueueLine line, String key, Instant now) {
        HeldMessages held = session.heldMessages();
        Optional<HeldLine> found = held.lock(line);
        if (found.isEmpty()) {
            return;
        }
        held.remove(line.queue(), key);
        session.exceptions().close(cause(line), now);
        if (held.count(line) == 0) {
            held.end(line);
        } else {
            held.update(found.get().goesOn(now));
        }
    }

    private static String cause(QueueLine line) {
        String cause = CAUSE + line.queue() + "/" + line.name();
        return cause.length() > MAX_CAUSE ? cause.substring(0, MAX_CAUSE) : cause;
    }
}
