package io.collimator.workflow.outbox;

import io.collimator.workflow.order.AccessionNumber;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line whose first message its receiver did not take: it waits aside with what came behind it, and the others go on.
 *
 * @param accession null when it is about none
 * @param since when its first message was first not taken, or a person sent it again
 * @param attempts to send the first message, from 0; 0 when the one before it is through
 * @param nextAt when it is sent again
 * @param sentAt when a copy of the first message was put on the queue; null while there is none
 * @param parkedAt when it was taken out of that, until a person sends it again; null while it is not
 * @param reason why it was not taken, for people; without patient data
 */
public record HeldLine(
        QueueLine line,
        @Nullable AccessionNumber accession,
        Instant since,
        int attempts,
        Instant nextAt,
        @Nullable Instant sentAt,
        @Nullable Instant parkedAt,
        String reason) {

    private static final int MAX_REASON = 1_000;

    public HeldLine {
        reason = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
    }

    /** Its first message was not taken, for the first time. */
    public static HeldLine begun(
            QueueLine line, @Nullable AccessionNumber accession, Instant now, Duration pause, String reason) {
        return new HeldLine(line, accession, now, 1, now.plus(pause), null, null, reason);
    }

    /** Its first message was not taken once more. */
    public HeldLine failed(Instant now, Duration pause, String why) {
        return new HeldLine(line, accession, since, attempts + 1, now.plus(pause), null, parkedAt, why);
    }

    /** Its first message is gone; the next one has its turn. */
    public HeldLine goesOn(Instant now) {
        return new HeldLine(line, accession, now, 0, now, null, null, reason);
    }

    /** Sent again from now on, also when it was parked; it may wait as long as one that begins now. */
    public HeldLine retried(Instant now) {
        return new HeldLine(line, accession, now, attempts, now, null, null, reason);
    }

    public HeldLine parked(Instant now) {
        return new HeldLine(line, accession, since, attempts, nextAt, null, now, reason);
    }

    /** A copy of its first message is on the queue. */
    public HeldLine sent(Instant now) {
        return new HeldLine(line, accession, since, attempts, nextAt, now, parkedAt, reason);
    }

    public boolean isParked() {
        return parkedAt != null;
    }
}
