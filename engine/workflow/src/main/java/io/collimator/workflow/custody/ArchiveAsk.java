package io.collimator.workflow.custody;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The asking of the archive about one batch of a request, over as many attempts as it takes.
 *
 * @param nextAt when something has to be done: ask (DUE), ask again because nobody said how the sending ended (SENDING)
 *     or because no report came (ASKED)
 * @param attempts sendings in a row that failed
 * @param rounds reports that left something open
 * @param transaction the Transaction UID of the attempt under way, null before the first
 * @param archive whom it waits for, null until one is chosen; chosen anew for every attempt
 */
public record ArchiveAsk(
        UUID request,
        int batch,
        State state,
        Instant nextAt,
        int attempts,
        int rounds,
        @Nullable Uid transaction,
        @Nullable AeTitle archive) {

    public enum State {
        DUE,
        SENDING,
        ASKED,
        SETTLED
    }

    /** Due at once, for the first time. */
    public static ArchiveAsk due(UUID request, int batch, Instant at) {
        return new ArchiveAsk(request, batch, State.DUE, at, 0, 0, null, null);
    }

    public boolean isDue(Instant now) {
        return state != State.SETTLED && !nextAt.isAfter(now);
    }

    /** Whether this is the attempt under way. */
    public boolean isAskedBy(Uid uid) {
        return uid.equals(transaction) && (state == State.SENDING || state == State.ASKED);
    }

    /** Its archive is this one, which has enough in hand now. */
    public ArchiveAsk waitingFor(AeTitle busy) {
        return new ArchiveAsk(request, batch, state, nextAt, attempts, rounds, transaction, busy);
    }

    public ArchiveAsk sending(Uid newTransaction, AeTitle to, Instant deadline) {
        return new ArchiveAsk(request, batch, State.SENDING, deadline, attempts, rounds, newTransaction, to);
    }

    public ArchiveAsk asked(Instant deadline) {
        return new ArchiveAsk(request, batch, State.ASKED, deadline, 0, rounds, transaction, archive);
    }

    /** The archive was not reached or refused. */
    public ArchiveAsk failed(Instant next) {
        return new ArchiveAsk(request, batch, State.DUE, next, attempts + 1, rounds, transaction, archive);
    }

    /** A report left something open. */
    public ArchiveAsk again(Instant next) {
        return new ArchiveAsk(request, batch, State.DUE, next, 0, rounds + 1, transaction, archive);
    }

    public ArchiveAsk settled() {
        return new ArchiveAsk(request, batch, State.SETTLED, nextAt, attempts, rounds, transaction, archive);
    }
}
