package io.collimator.workflow.usecase;

import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.DeliveryOutcome;
import io.collimator.workflow.outbox.SentNotice;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells a person of a notice that ended in the dead letters; once each. */
public final class RecordUndeliveredNotice {

    private static final String CLOUD_EVENT = "application/cloudevents+json";
    private static final String OWN_EVENT = "exception." + ExceptionType.NOTICE_UNDELIVERED.label();

    private final Transactions transactions;
    private final Notices notices;
    private final Clock clock;

    public RecordUndeliveredNotice(Transactions transactions, Notices notices, Clock clock) {
        this.transactions = transactions;
        this.notices = notices;
        this.clock = clock;
    }

    /**
     * A message of the dead letters.
     *
     * @param key tells it from others: the outbox id, else what the broker calls it
     * @param queue that it was taken from, empty when unknown
     * @param eventType empty when unknown
     * @param expired it was not read in time; else its receivers failed too often
     * @param reason why its delivery was given up, with the receiver's own words in quotation marks; empty when nobody said
     * @param body as it stood on the queue
     */
    public record DeadLetter(
            String key,
            String queue,
            String eventType,
            @Nullable AccessionNumber accession,
            boolean expired,
            String reason,
            String body) {

        /** Without the body, which holds patient data. */
        @Override
        public String toString() {
            return "DeadLetter[" + key + ", " + queue + ", " + eventType + ", " + accession + "]";
        }
    }

    /** Raises it unless it was raised before; returns whether it did. */
    public boolean record(DeadLetter letter) {
        UUID id = UUID.nameUUIDFromBytes(("dead-letter/" + letter.key()).getBytes(StandardCharsets.UTF_8));
        if (transactions.read(session -> session.exceptions().find(id)).isPresent()) {
            return false;
        }
        return transactions.write(session -> raise(session, id, letter)).value();
    }

    private boolean raise(Session session, UUID id, DeadLetter letter) {
        if (letter.accession() != null) {
            session.accessions().lock(letter.accession());
        }
        if (session.exceptions().find(id).isPresent()) {
            return false;
        }
        settle(session, letter);
        ExceptionRecord exception = new ExceptionRecord(
                id,
                clock.instant(),
                ExceptionType.NOTICE_UNDELIVERED,
                letter.accession(),
                letter.queue(),
                summary(letter),
                new Evidence(
                        letter.body().startsWith("MSH") ? Evidence.HL7 : CLOUD_EVENT,
                        letter.body().getBytes(StandardCharsets.UTF_8)));
        if (letter.eventType().equals(OWN_EVENT)) {
            // a notice about it would end where this one did, and so on for ever
            session.exceptions().add(exception);
        } else {
            notices.exception(session, exception);
        }
        return true;
    }

    /** A refill of a lost broker leaves it out. */
    private void settle(Session session, DeadLetter letter) {
        SentNotice.idOf(letter.key())
                .ifPresent(id ->
                        session.deliveries().settle(id, letter.queue(), DeliveryOutcome.DEAD_LETTER, clock.instant()));
    }

    private static String summary(DeadLetter letter) {
        return "Notice %s (%s) of queue %s %s. Repair the receiver and move the message from collimator.dead-letters back."
                .formatted(letter.key(), letter.eventType(), letter.queue(), cause(letter));
    }

    private static String cause(DeadLetter letter) {
        if (!letter.reason().isEmpty()) {
            return "was given up (" + letter.reason().strip().replaceAll("\\.$", "") + ")";
        }
        return letter.expired()
                ? "was not read before it expired"
                : "was given back by its receiver each time it was delivered";
    }
}
