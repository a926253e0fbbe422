package io.collimator.workflow.usecase;

import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.outbox.DeliveryOutcome;
import io.collimator.workflow.outbox.HeldLine;
import io.collimator.workflow.outbox.HeldMessage;
import io.collimator.workflow.outbox.QueueLine;
import io.collimator.workflow.outbox.SentNotice;
import io.collimator.workflow.port.HeldMessages;
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

/** What waits aside because a receiver did not take it: what is due, what a person has to see to, and what people do with it. */
public final class HeldLines {

    /** Seen at a time by whoever asks for all. */
    public static final int MAX_LINES = 1_000;

    /** A copy on the queue that nobody took for this long is taken for lost with its broker. */
    private static final Duration LOST_AFTER = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final Notices notices;
    private final OngoingExceptions parkedOnes;
    private final Clock clock;

    public HeldLines(AcceptOrder.Context context) {
        this.transactions = context.transactions();
        this.notices = context.notices();
        this.parkedOnes = new OngoingExceptions(ExceptionType.DELIVERY_PARKED, context);
        this.clock = context.clock();
    }

    /** A line whose first message has its turn. */
    public record Due(HeldLine line, HeldMessage first) {}

    /** A line and how many messages wait in it. */
    public record Counted(HeldLine line, int messages) {}

    /** What has its turn now on this queue. */
    public List<Due> due(String queue, int max) {
        Instant now = clock.instant();
        return transactions.read(session -> {
            HeldMessages held = session.heldMessages();
            List<Due> due = new ArrayList<>();
            for (HeldLine line : held.due(queue, now, now.minus(LOST_AFTER), max)) {
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
        return transactions.read(session -> {
            Map<String, Integer> sizes = session.heldMessages().sizes(queue);
            return session.heldMessages().lines(queue, MAX_LINES).stream()
                    .map(line ->
                            new Counted(line, sizes.getOrDefault(line.line().name(), 0)))
                    .toList();
        });
    }

    /** The same without their sizes. */
    public List<HeldLine> lines(String queue) {
        return transactions.read(session -> session.heldMessages().lines(queue, MAX_LINES));
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
        parkedOnes.begin(
                session,
                about(line),
                new OngoingExceptions.Words(
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
                                .map(first ->
                                        new Evidence(Evidence.HL7, first.body().getBytes(StandardCharsets.UTF_8)))
                                .orElse(Evidence.NONE)));
        timeline(session, parked, "delivery.parked", "Messages of %s wait aside: %s".formatted(line.queue(), why));
        return Optional.of(parked);
    }

    /** Sends it again from now on, also when it was parked; empty when nothing of it waits aside. */
    public Optional<HeldLine> retry(QueueLine line) {
        return change(line, (session, found) -> {
            HeldLine retried = found.retried(clock.instant());
            session.heldMessages().update(retried);
            close(session, line, clock.instant());
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
                SentNotice.idOf(message.key())
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

    /** A message has left; the next one of its line has its turn, or the line ends. */
    static void removeFirst(Session session, QueueLine line, String key, Instant now) {
        HeldMessages held = session.heldMessages();
        Optional<HeldLine> found = held.lock(line);
        if (found.isEmpty()) {
            return;
        }
        held.remove(line.queue(), key);
        close(session, line, now);
        if (held.count(line) == 0) {
            held.end(line);
        } else {
            held.update(found.get().goesOn(now));
        }
    }

    private static void close(Session session, QueueLine line, Instant now) {
        boolean unused = OngoingExceptions.end(session, ExceptionType.DELIVERY_PARKED, about(line), now);
    }

    private static String about(QueueLine line) {
        return line.queue() + "/" + line.name();
    }
}
